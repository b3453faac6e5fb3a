using System.Collections.Immutable;

namespace Automation.Core.Contacts;

/// <summary>A contact's words on channels: one per channel, the newest.</summary>
public static class Consents
{
    /// <summary>The contact's own word, or null where none was given.</summary>
    public static ChannelConsent? Find(ImmutableArray<ChannelConsent> consents, string channel)
    {
        foreach (var consent in consents)
        {
            if (string.Equals(consent.Channel, channel, StringComparison.Ordinal))
            {
                return consent;
            }
        }
        return null;
    }

    /// <summary>Keeps the newer of two words. At the same moment a no wins: nobody is to be written to by accident.</summary>
    public static ImmutableArray<ChannelConsent> Set(ImmutableArray<ChannelConsent> consents, ChannelConsent word)
    {
        for (var i = 0; i < consents.Length; i++)
        {
            if (string.Equals(consents[i].Channel, word.Channel, StringComparison.Ordinal))
            {
                var newer = word.Since > consents[i].Since || (word.Since == consents[i].Since && !word.Granted);
                return newer ? consents.SetItem(i, word) : consents;
            }
        }
        return consents.Add(word);
    }
}
