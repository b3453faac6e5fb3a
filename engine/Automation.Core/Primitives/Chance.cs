using System.Globalization;
using Automation.Core.Contacts;

namespace Automation.Core.Primitives;

/// <summary>What stands for a contact in every draw: the same person draws the same on every machine.</summary>
public static class Chance
{
    /// <summary>The user id where there is one, else the contact's number.</summary>
    public static string Of(Contact contact)
    {
        foreach (var identity in contact.Identities)
        {
            if (identity.Type == Identity.UserId)
            {
                return identity.Value;
            }
        }
        return contact.Id.ToString(CultureInfo.InvariantCulture);
    }
}
