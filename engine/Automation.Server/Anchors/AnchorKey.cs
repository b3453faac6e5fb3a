using System.Security.Cryptography;
using Automation.Runtime.Ports;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.Anchors;

/// <summary>The key that a workspace signs its anchors with. It is made when first needed and stands hidden in the store, so that every process has the same.</summary>
internal sealed class AnchorKey(IDefinitionStore definitions, SecretBox box)
{
    private const string Kind = "anchor_key";
    private const string Name = "p256";
    private const string Maker = "system";

    public async ValueTask<ECDsa> OpenAsync(Instant now, CancellationToken cancellation)
    {
        var stored = await definitions.FindAsync(Kind, Name, cancellation);
        if (stored is null)
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            // Where another process was faster, its key is the one.
            await definitions.SaveDraftAsync(Kind, Name, box.Hide(made.ExportPkcs8PrivateKeyPem()), 0, now, Maker, cancellation);
            stored = await definitions.FindAsync(Kind, Name, cancellation);
        }
        var key = ECDsa.Create();
        key.ImportFromPem(box.Reveal(stored!.Draft!));
        return key;
    }
}
