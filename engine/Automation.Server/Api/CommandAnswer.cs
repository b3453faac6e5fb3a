using System.Globalization;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;

namespace Automation.Server.Api;

/// <summary>What a command came to: the facts it caused. One that did not apply is a conflict with the fact's own reason.</summary>
internal sealed record CommandAnswer(IReadOnlyList<FactAnswer> Facts)
{
    public static CommandAnswer Of(Acknowledgement done, long contact)
    {
        if (done.Rejected > 0)
        {
            throw ApiException.NotFound("contact", contact.ToString(CultureInfo.InvariantCulture));
        }
        foreach (var recorded in done.Facts)
        {
            if (recorded.Fact is ContactFact.StimulusRejected rejected)
            {
                throw ApiException.Conflict(rejected.Reason ?? "rejected", rejected.Text);
            }
        }
        return new CommandAnswer([.. done.Facts.Select(FactAnswer.Of)]);
    }
}
