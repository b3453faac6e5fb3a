using System.Net;
using System.Net.Sockets;

namespace Automation.Connectors.Webhook.Network;

/// <summary>A destination that the account may not reach. Nothing was sent.</summary>
internal sealed class DestinationRefusedException(string text) : Exception(text);

/// <summary>
/// Opens the connections of one account. The name is resolved here, once per connection, each address is checked, and the
/// socket goes to a checked address, so there is no moment between the check and the use in which a name server could
/// answer something else (DNS rebinding).
/// </summary>
internal sealed class GuardedConnect
{
    private readonly bool _privateAllowed;
    private readonly HashSet<string> _hostsAllowed;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;

    public GuardedConnect(
        bool privateAllowed,
        IEnumerable<string> hostsAllowed,
        Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _privateAllowed = privateAllowed;
        _hostsAllowed = new HashSet<string>(hostsAllowed, StringComparer.OrdinalIgnoreCase);
        _resolve = resolve ?? Dns.GetHostAddressesAsync;
    }

    public async ValueTask<Stream> OpenAsync(string host, int port, CancellationToken cancellation)
    {
        var addresses = await AddressesAsync(host, cancellation);
        Exception? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private async ValueTask<IPAddress[]> AddressesAsync(string host, CancellationToken cancellation)
    {
        var name = host.Trim('[', ']');
        var addresses = IPAddress.TryParse(name, out var literal) ? [literal] : await _resolve(name, cancellation);
        foreach (var address in addresses)
        {
            // One closed address closes the name: a name with a public and a private address is how a guard is tricked.
            if (!IsAllowed(name, AddressRules.KindOf(address)))
            {
                throw new DestinationRefusedException(
                    $"Expected '{name}' to be a public address, but it leads into a network that this account may not reach.");
            }
        }

        return addresses;
    }

    private bool IsAllowed(string host, AddressKind kind) => kind switch
    {
        AddressKind.Public => true,
        AddressKind.Private => _privateAllowed || _hostsAllowed.Contains(host),
        AddressKind.LinkLocal => _hostsAllowed.Contains(host),
        _ => false,
    };
}
