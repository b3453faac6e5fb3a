using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Automation.Server.Api;
using Automation.Server.Telling;

namespace Automation.Server.Cli.Audit;

/// <summary><c>audit why</c>: the short answer, then every decision about one contact and a journey, a message or a day, with the values that decided it.</summary>
internal static class WhyCommand
{
    public static Command Create(Terminal terminal)
    {
        var where = new AuditOptions();
        var contact = new Option<string>("--contact") { Description = "A user id, an identity (phone=+8613800138000), or id=42.", Required = true };
        var journey = new Option<string?>("--journey") { Description = "Key of a journey." };
        var message = new Option<Guid?>("--message") { Description = "Id of a message." };
        var day = new Option<string?>("--day") { Description = "A day such as 2026-03-01, in the workspace's zone." };
        var language = SpokenLanguage.Option();
        var command = new Command("why", "Tells why one contact is where they are, or never got there.") { contact, journey, message, day, language };
        where.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var asked = new WhyAsked(
                parsed.GetRequiredValue(contact), parsed.GetValue(journey), parsed.GetValue(message), parsed.GetValue(day), SpokenLanguage.Known(parsed.GetValue(language)!));
            if (new[] { asked.Journey is not null, asked.Message is not null, asked.Day is not null }.Count(given => given) != 1)
            {
                throw new CannotRunException("bad_question", "Expected one of --journey, --message and --day, but found none or several.");
            }
            await using var desk = await where.OpenAsync(parsed, cancellation);
            Show(terminal, await desk.WhyAsync(asked, cancellation), asked.Language == "zh");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static void Show(Terminal terminal, WhyAnswer answer, bool isChinese)
    {
        if (terminal.Json)
        {
            terminal.Document(to => JsonSerializer.Serialize(to, answer, ApiJson.Options));
            return;
        }
        terminal.Say(answer.Answer);
        if (answer.Decisions.Count > 0)
        {
            terminal.Say("");
        }
        foreach (var decision in answer.Decisions)
        {
            terminal.Say($"{decision.At}  {decision.Because}");
            foreach (var fact in decision.Facts)
            {
                var place = answer.Journey is null && fact.Journey is not null ? $"{fact.Journey}{(fact.Step is null ? "" : $", {fact.Step}")}: "
                    : fact.Step is null ? "" : $"{fact.Step}: ";
                terminal.Say(string.Create(CultureInfo.InvariantCulture, $"    {place}{fact.Sentence}"));
                foreach (var value in fact.Looked)
                {
                    terminal.Say($"        {value}");
                }
            }
        }
        foreach (var note in answer.Notes)
        {
            terminal.Say(note);
        }
        terminal.Say(isChinese ? $"现在：{answer.Standing}" : $"Now: {answer.Standing}");
        terminal.Note(isChinese ? $"时间为 {answer.Zone}。" : $"Times are in {answer.Zone}.");
    }
}
