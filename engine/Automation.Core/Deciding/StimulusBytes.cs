using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Primitives;

namespace Automation.Core.Deciding;

/// <summary>
/// Stimuli in binary, for envelopes between processes: a byte for the kind, then its fields. Numbers of kinds are never given
/// out anew. What only ever happens within one commit (merging) does not travel, and neither do timers.
/// </summary>
public static class StimulusBytes
{
    private const byte Event = 1;
    private const byte Outcome = 2;
    private const byte Schedule = 3;
    private const byte Swept = 4;
    private const byte Enroll = 16;
    private const byte End = 17;
    private const byte Retry = 18;
    private const byte Skip = 19;
    private const byte Version = 20;
    private const byte Release = 21;
    private const byte Tags = 22;
    private const byte Lists = 23;
    private const byte Consent = 24;
    private const byte Quota = 25;
    private const byte Sight = 26;
    private const byte Export = 27;
    private const byte ConsentWithEvidence = 28;
    private const byte Erase = 29;
    private const byte ReplayMessage = 30;

    public static void Append(ByteBuffer to, Stimulus stimulus)
    {
        switch (stimulus)
        {
            case Stimulus.EventArrived arrived:
                to.Append(Event);
                EventBytes.Append(to, arrived.Event);
                break;
            case Stimulus.OutcomeReported reported:
                to.Append(Outcome);
                OutcomeBytes.Append(to, reported.Outcome);
                break;
            case Stimulus.ScheduleFired fired:
                to.Append(Schedule);
                to.AppendText(fired.Journey);
                ContactBytes.AppendTime(to, fired.FiredAt, 0);
                break;
            case Stimulus.Swept swept:
                to.Append(Swept);
                to.AppendText(swept.Journey);
                to.Append(swept.CountExisting ? (byte)1 : (byte)0);
                break;
            case Command command:
                AppendCommand(to, command);
                break;
            default:
                throw new InvariantBrokenException($"Expected a stimulus that travels, but {stimulus.GetType().Name} does not.");
        }
    }

    /// <summary>Throws <see cref="FormatException"/> where the bytes are no stimulus.</summary>
    public static Stimulus Read(ref ByteCursor from)
    {
        var kind = from.Byte();
        return kind switch
        {
            Event => new Stimulus.EventArrived(EventBytes.Read(ref from)),
            Outcome => new Stimulus.OutcomeReported(OutcomeBytes.Read(ref from)),
            Schedule => new Stimulus.ScheduleFired(from.Name(), ContactBytes.ReadTime(ref from, 0)),
            Swept => new Stimulus.Swept(from.Name(), from.Byte() != 0),
            >= Enroll => ReadCommand(kind, ref from),
            _ => throw Unknown(kind),
        };
    }

    private static void AppendCommand(ByteBuffer to, Command command)
    {
        to.Append(KindOf(command));
        to.AppendText(command.Actor);
        switch (command)
        {
            case Command.Enroll(_, var journey, var properties):
                to.AppendText(journey);
                PropertyBytes.Append(to, properties);
                break;
            case Command.EndEnrollment(_, var journey, var ordinal, var reason):
                to.AppendText(journey);
                to.AppendZigzag(ordinal ?? -1);
                to.AppendText(reason);
                break;
            case Command.RetryStep(_, var journey, var ordinal):
                AppendPlace(to, journey, ordinal);
                break;
            case Command.SkipStep(_, var journey, var ordinal):
                AppendPlace(to, journey, ordinal);
                break;
            case Command.ChangeVersion(_, var journey, var toVersion, var choice):
                AppendPlace(to, journey, toVersion);
                to.Append((byte)choice);
                break;
            case Command.Release(_, var journey, var pausedAt, var stoodStill, var releaseAt):
                to.AppendText(journey);
                ContactBytes.AppendTime(to, pausedAt, 0);
                to.Append(stoodStill ? (byte)1 : (byte)0);
                ContactBytes.AppendTime(to, releaseAt, 0);
                break;
            case Command.ChangeTags(_, var add, var remove):
                AppendTexts(to, add);
                AppendTexts(to, remove);
                break;
            case Command.ChangeLists(_, var add, var remove):
                AppendTexts(to, add);
                AppendTexts(to, remove);
                break;
            case Command.ChangeConsent consent:
                AppendConsent(to, consent);
                break;
            case Command.ChangeQuota(_, var quota, var amount):
                to.AppendText(quota);
                to.AppendZigzag(amount);
                break;
            case Command.Erase { Why: var text }:
                to.AppendText(text);
                break;
            case Command.NoteSight { Where: var text }:
                to.AppendText(text);
                break;
            case Command.NoteExport { Where: var text }:
                to.AppendText(text);
                break;
            case Command.ReplayMessage replay:
                AppendReplay(to, replay);
                break;
            default:
                break;
        }
    }

    private static void AppendReplay(ByteBuffer to, Command.ReplayMessage replay)
    {
        replay.Failed.TryWriteBytes(to.GetSpan(16), bigEndian: true, out _);
        to.Advance(16);
        AppendPlace(to, replay.Journey, replay.Version);
        to.AppendZigzag(replay.Ordinal);
        to.AppendText(replay.Step);
        to.AppendText(replay.Channel);
        to.AppendText(replay.Account);
        to.AppendText(replay.Template);
        to.Append(replay.IsCall ? (byte)1 : (byte)0);
        to.AppendText(replay.AddressType);
        PropertyBytes.Append(to, replay.Content);
        to.AppendText(replay.Why);
    }

    private static Command ReadCommand(byte kind, ref ByteCursor from)
    {
        var actor = from.Name();
        return kind switch
        {
            Enroll => new Command.Enroll(actor, from.Name(), PropertyBytes.ReadBag(ref from)),
            End => new Command.EndEnrollment(actor, from.Name(), from.Int() is var ordinal && ordinal < 0 ? null : ordinal, from.Text()),
            Retry => new Command.RetryStep(actor, from.Name(), from.Int()),
            Skip => new Command.SkipStep(actor, from.Name(), from.Int()),
            Version => new Command.ChangeVersion(actor, from.Name(), from.Int(), (InFlightChoice)from.Byte()),
            Release => new Command.Release(
                actor, from.Name(), ContactBytes.ReadTime(ref from, 0), from.Byte() != 0, ContactBytes.ReadTime(ref from, 0)),
            Tags => new Command.ChangeTags(actor, ReadTexts(ref from), ReadTexts(ref from)),
            Lists => new Command.ChangeLists(actor, ReadTexts(ref from), ReadTexts(ref from)),
            Consent => new Command.ChangeConsent(actor, from.Name(), from.Byte() != 0, from.Text()),
            Quota => new Command.ChangeQuota(actor, from.Name(), from.Zigzag()),
            ConsentWithEvidence => ReadConsent(actor, ref from),
            Erase => new Command.Erase(actor, from.Text()),
            Sight => new Command.NoteSight(actor, from.Name()),
            Export => new Command.NoteExport(actor, from.Name()),
            ReplayMessage => new Command.ReplayMessage(
                actor, from.Id(), from.Name(), from.Int(), from.Int(), from.Name(), from.Name(), from.Name(), from.Name(), from.Byte() != 0,
                from.Name(), PropertyBytes.ReadBag(ref from), from.Text()),
            _ => throw Unknown(kind),
        };
    }

    private static byte KindOf(Command command) => command switch
    {
        Command.Enroll => Enroll,
        Command.EndEnrollment => End,
        Command.RetryStep => Retry,
        Command.SkipStep => Skip,
        Command.ChangeVersion => Version,
        Command.Release => Release,
        Command.ChangeTags => Tags,
        Command.ChangeLists => Lists,
        Command.ChangeConsent { GivenAt: null, Evidence: null } => Consent,
        Command.ChangeConsent => ConsentWithEvidence,
        Command.Erase => Erase,
        Command.ChangeQuota => Quota,
        Command.ReplayMessage => ReplayMessage,
        Command.NoteSight => Sight,
        Command.NoteExport => Export,
        _ => throw new InvariantBrokenException($"Expected a known command, but got {command.GetType().Name}."),
    };

    private static void AppendConsent(ByteBuffer to, Command.ChangeConsent consent)
    {
        to.AppendText(consent.Channel);
        to.Append(consent.Granted ? (byte)1 : (byte)0);
        to.AppendText(consent.Source);
        if (consent.GivenAt is not null || consent.Evidence is not null)
        {
            to.Append((byte)((consent.GivenAt is null ? 0 : 1) | (consent.Evidence is null ? 0 : 2)));
            ContactBytes.AppendTime(to, consent.GivenAt ?? default, 0);
            PropertyBytes.Append(to, consent.Evidence ?? PropertyBag.Empty);
        }
    }

    private static Command.ChangeConsent ReadConsent(string actor, ref ByteCursor from)
    {
        var consent = new Command.ChangeConsent(actor, from.Name(), from.Byte() != 0, from.Text());
        var has = from.Byte();
        var givenAt = ContactBytes.ReadTime(ref from, 0);
        var evidence = PropertyBytes.ReadBag(ref from);
        return consent with { GivenAt = (has & 1) != 0 ? givenAt : null, Evidence = (has & 2) != 0 ? evidence : null };
    }

    private static void AppendPlace(ByteBuffer to, string journey, int number)
    {
        to.AppendText(journey);
        to.AppendZigzag(number);
    }

    private static void AppendTexts(ByteBuffer to, ImmutableArray<string> texts)
    {
        to.AppendVarint((ulong)(texts.IsDefault ? 0 : texts.Length));
        foreach (var text in texts.IsDefault ? [] : texts)
        {
            to.AppendText(text);
        }
    }

    private static ImmutableArray<string> ReadTexts(ref ByteCursor from)
    {
        var texts = ImmutableArray.CreateBuilder<string>(from.Count());
        for (var i = 0; i < texts.Capacity; i++)
        {
            texts.Add(from.Text());
        }
        return texts.MoveToImmutable();
    }

    private static FormatException Unknown(byte kind) => new($"Expected a known kind of stimulus, but found {kind}: a newer engine wrote it.");
}
