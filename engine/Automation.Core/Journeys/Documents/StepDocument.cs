using Automation.Core.Journeys.Linting;
using Automation.Core.Steps;
using Automation.Core.Steps.Branch;
using Automation.Core.Steps.Call;
using Automation.Core.Steps.Emit;
using Automation.Core.Steps.Exit;
using Automation.Core.Steps.Send;
using Automation.Core.Steps.Split;
using Automation.Core.Steps.Update;
using Automation.Core.Steps.Wait;
using Automation.Core.Steps.WaitFor;

namespace Automation.Core.Journeys.Documents;

/// <summary>One step of a journey document. What is special to a kind stands in the kind's own folder.</summary>
internal static class StepDocument
{
    public static StepNode Read(ObjectReader reader)
    {
        var id = reader.Key("id");
        var type = reader.Text("type");
        StepNode? step = type switch
        {
            "wait" => WaitDocument.Read(reader, id),
            "wait_for" => WaitForDocument.Read(reader, id),
            "branch" => BranchDocument.Read(reader, id),
            "split" => SplitDocument.Read(reader, id),
            "send" => SendDocument.Read(reader, id),
            "update" => UpdateDocument.Read(reader, id),
            "emit" => EmitDocument.Read(reader, id),
            "call" => CallDocument.Read(reader, id),
            "exit" => ExitDocument.Read(reader, id),
            _ => null,
        };
        if (step is null && type.Length == 0)
        {
            return new ExitNode(id, null);
        }
        if (step is null)
        {
            reader.Findings.Add(LintCodes.UnknownStepType, reader.At("type"),
                $"Expected wait, wait_for, branch, split, send, update, emit, call or exit, but found {Found.Quote(type)}.");
            return new ExitNode(id, null);
        }
        step = step with { Name = reader.Remark("name") };
        reader.Done();
        return step;
    }

    public static void Write(DocumentWriter writer, StepNode step)
    {
        writer.Open();
        writer.Text("id", step.Id);
        writer.Text("type", step.Type);
        writer.Text("name", step.Name);
        switch (step)
        {
            case WaitNode node: WaitDocument.Write(writer, node); break;
            case WaitForNode node: WaitForDocument.Write(writer, node); break;
            case BranchNode node: BranchDocument.Write(writer, node); break;
            case SplitNode node: SplitDocument.Write(writer, node); break;
            case SendNode node: SendDocument.Write(writer, node); break;
            case UpdateNode node: UpdateDocument.Write(writer, node); break;
            case EmitNode node: EmitDocument.Write(writer, node); break;
            case CallNode node: CallDocument.Write(writer, node); break;
            case ExitNode node: ExitDocument.Write(writer, node); break;
        }
        writer.Close();
    }
}
