using System.Net;
using System.Net.Sockets;

namespace Automation.Server.SignIn;

/// <summary>Where a request comes from, as facts and counts call it.</summary>
internal static class Address
{
    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress is { } address ? Plain(address).ToString() : "unknown";

    /// <summary>Whoever has one IPv6 address has 2^64 of them, so those are counted together.</summary>
    public static string Counted(string address)
    {
        if (!IPAddress.TryParse(address, out var known) || known.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }
        var bytes = known.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
