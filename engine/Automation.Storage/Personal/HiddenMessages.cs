using Automation.Runtime.Ports;

namespace Automation.Storage.Personal;

/// <summary>Rows of messages with their addresses and contents opened, as far as the keys are there.</summary>
internal static class HiddenMessages
{
    public static async ValueTask<IReadOnlyList<MessageRow>> OpenAsync(IReadOnlyList<MessageRow> rows, PersonalCipher cipher, CancellationToken cancellation)
    {
        if (!rows.Any(IsHidden))
        {
            return rows;
        }
        await cipher.LearnAsync(rows.Where(IsHidden).Select(static row => row.Contact).Distinct(), cancellation);
        return [.. rows.Select(row => Open(row, cipher))];
    }

    private static bool IsHidden(MessageRow row) => HiddenValues.MayBeHidden(row.Content);

    private static MessageRow Open(MessageRow row, PersonalCipher cipher) =>
        HiddenValues.OpenMessage(row.Content, cipher.Find(row.Contact), row.Contact) is var (address, content) ? row with { Address = address, Content = content } : row;
}
