using System.Globalization;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Core.Steps;

namespace Automation.Core.Sending;

/// <summary>A message's id is what it is: enrollment, step, visit and chain link. Deciding again gives the same message, never a second one.</summary>
internal static class MessageId
{
    public static Guid Of(Contact contact, Enrollment enrollment, in Place here, int chainIndex) => StableHash.Id(
        "message",
        enrollment.Journey,
        enrollment.Id(contact.Id),
        enrollment.EnrolledAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        here.Step,
        here.Visit.ToString(CultureInfo.InvariantCulture),
        chainIndex.ToString(CultureInfo.InvariantCulture));
}
