using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Loop;
using Automation.Server.Hosting;
using Automation.Server.Security;

namespace Automation.Server.Personal;

/// <summary>
/// What a request may see of people. Masked unless it says <c>reveal=true</c> and its caller may; then every contact it sees has a fact
/// with who looked, written before anything is shown.
/// </summary>
internal sealed class Sight(IRunningEngine running)
{
    public const string Parameter = "reveal";

    private readonly HashSet<long> _noted = [];
    private Caller? _caller;
    private string _where = "";
    private bool _isWanted;

    /// <summary>The fields that are personal in this workspace.</summary>
    public PersonalFields Fields => running.Registry.Journeys.Settings.Personal;

    /// <summary>Whether the caller could look; conditions are counted on clear values for them.</summary>
    public bool MayReveal => _caller?.May(Permission.Reveal) == true;

    /// <exception cref="Api.ApiException">It wants to see what the caller may not.</exception>
    public void Open(HttpContext context, Caller caller)
    {
        _caller = caller;
        if (!string.Equals(context.Request.Query[Parameter], "true", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }
        if (!MayReveal)
        {
            throw Api.ApiException.Forbidden(caller.Role, Permission.Reveal);
        }
        _isWanted = true;
        // The path with its object; what was asked for behind it may name a person.
        _where = context.Request.Path.Value ?? "";
    }

    /// <summary>Whether these contacts are shown in clear. Where they are, it is on record when this returns.</summary>
    public async ValueTask<bool> IsClearAsync(IEnumerable<long> contacts, CancellationToken cancellation)
    {
        if (!_isWanted)
        {
            return false;
        }
        var notes = new List<Addressed>();
        foreach (var contact in contacts)
        {
            if (contact > 0 && _noted.Add(contact))
            {
                notes.Add(new Addressed(contact, new Command.NoteSight(_caller!.Actor, _where)));
            }
        }
        if (notes.Count > 0)
        {
            await running.Engine.SubmitAsync(notes, cancellation);
        }
        return true;
    }
}
