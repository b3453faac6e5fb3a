using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;

namespace Automation.Server.Personal;

/// <summary>
/// Goes through everything that may stand in clear from an earlier time, and leaves a fact of how much it hid. How far it came is noted
/// among the definitions, so one that was broken off goes on there, and one that is done costs a look at the note: until other fields are
/// personal.
/// </summary>
internal sealed class EarlierHiding(IEarlierValues values, IDefinitionStore definitions, IEngine engine)
{
    private const string Kind = "upkeep";
    private const string Key = "hide_earlier";
    private const int PagesBetweenNotes = 20;

    public async Task<EarlierPlace> RunAsync(string actor, CancellationToken cancellation)
    {
        var found = await definitions.FindAsync(Kind, Key, cancellation);
        var (note, revision) = (found?.Draft is { } text ? JsonSerializer.Deserialize<Note>(text) : null, found?.Revision ?? 0);
        if (note is null || note.Fields != values.Fields)
        {
            note = new Note(Guid.CreateVersion7().ToString("N"), values.Fields, EarlierPlace.Start);
        }
        for (var pages = 1; !note.Place.IsDone; pages++)
        {
            note = note with { Place = await values.HideAsync(note.Place, cancellation) };
            if (note.Place.IsDone)
            {
                await RecordAsync(note, actor, cancellation);
            }
            if ((note.Place.IsDone || pages % PagesBetweenNotes == 0)
                && await definitions.SaveDraftAsync(Kind, Key, JsonSerializer.Serialize(note), revision, engine.Clock.GetCurrentInstant(), actor, cancellation))
            {
                revision++;
            }
        }
        return note.Place;
    }

    // Before the note of its end: a process that dies between them leaves the fact twice, under one id, and never not at all.
    private async ValueTask RecordAsync(Note note, string actor, CancellationToken cancellation)
    {
        var (contacts, messages) = (note.Place.Contacts, note.Place.Messages);
        if (contacts + messages > 0)
        {
            var fact = new WorkspaceFact.BulkActionEnded(
                Key, note.Id, FormattableString.Invariant($"contacts={contacts} messages={messages}"), contacts + messages, contacts + messages, 0) { Actor = actor };
            await engine.RecordAsync([fact], cancellation);
        }
    }

    private sealed record Note(string Id, string Fields, EarlierPlace Place);
}
