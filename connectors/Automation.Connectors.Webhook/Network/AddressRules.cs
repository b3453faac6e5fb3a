using System.Net;
using System.Net.Sockets;

namespace Automation.Connectors.Webhook.Network;

/// <summary>What kind of network an IP address belongs to, as far as a request on somebody's behalf is concerned.</summary>
internal enum AddressKind
{
    /// <summary>The public internet.</summary>
    Public,

    /// <summary>Loopback and private ranges: somebody's own machines, which an operator may open.</summary>
    Private,

    /// <summary>
    /// Link-local and cloud metadata services, which hand out credentials to whoever asks. Only a host named on the
    /// allow-list may lead there.
    /// </summary>
    LinkLocal,

    /// <summary>Never the address of one receiver: unspecified, multicast, reserved, tunnels and mapped addresses.</summary>
    Never,
}

/// <summary>
/// Sorts IP addresses by the registries of special-purpose addresses (RFC 6890 and its successors). IPv6 is read as an
/// allow-list: only global unicast (2000::/3) can be public, so a range assigned tomorrow is closed today.
/// </summary>
internal static class AddressRules
{
    // The first match counts, so exceptions stand before the range they are cut out of.
    private static readonly (IPNetwork Range, AddressKind Kind)[] Ipv4 =
    [
        (IPNetwork.Parse("0.0.0.0/8"), AddressKind.Never),
        (IPNetwork.Parse("100.100.100.200/32"), AddressKind.LinkLocal), // Metadata of Aliyun, within the carrier range below.
        (IPNetwork.Parse("168.63.129.16/32"), AddressKind.LinkLocal), // Metadata of Azure, within a public range.
        (IPNetwork.Parse("169.254.0.0/16"), AddressKind.LinkLocal), // Link-local, and the metadata of most clouds.
        (IPNetwork.Parse("10.0.0.0/8"), AddressKind.Private),
        (IPNetwork.Parse("100.64.0.0/10"), AddressKind.Private),
        (IPNetwork.Parse("127.0.0.0/8"), AddressKind.Private),
        (IPNetwork.Parse("172.16.0.0/12"), AddressKind.Private),
        (IPNetwork.Parse("192.168.0.0/16"), AddressKind.Private),
        (IPNetwork.Parse("198.18.0.0/15"), AddressKind.Private), // Benchmark networks.
        (IPNetwork.Parse("192.0.0.0/24"), AddressKind.Never),
        (IPNetwork.Parse("192.0.2.0/24"), AddressKind.Never),
        (IPNetwork.Parse("192.88.99.0/24"), AddressKind.Never), // 6to4 relays.
        (IPNetwork.Parse("198.51.100.0/24"), AddressKind.Never),
        (IPNetwork.Parse("203.0.113.0/24"), AddressKind.Never),
        (IPNetwork.Parse("224.0.0.0/4"), AddressKind.Never), // Multicast.
        (IPNetwork.Parse("240.0.0.0/4"), AddressKind.Never), // Reserved, and broadcast.
    ];

    private static readonly (IPNetwork Range, AddressKind Kind)[] Ipv6 =
    [
        (IPNetwork.Parse("::1/128"), AddressKind.Private),
        (IPNetwork.Parse("fd00:ec2::/32"), AddressKind.LinkLocal), // Metadata of AWS, within the private range below.
        (IPNetwork.Parse("fd20:ce::/32"), AddressKind.LinkLocal), // Metadata of Google Cloud, likewise.
        (IPNetwork.Parse("fc00::/7"), AddressKind.Private),
        (IPNetwork.Parse("fe80::/10"), AddressKind.LinkLocal),
        (IPNetwork.Parse("2001::/23"), AddressKind.Never), // Protocol assignments; Teredo hides an IPv4 address in it.
        (IPNetwork.Parse("2001:db8::/32"), AddressKind.Never),
        (IPNetwork.Parse("2002::/16"), AddressKind.Never), // 6to4 hides an IPv4 address.
        (IPNetwork.Parse("3fff::/20"), AddressKind.Never),
        (IPNetwork.Parse("2000::/3"), AddressKind.Public),
    ];

    public static AddressKind KindOf(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => First(Ipv4, address, AddressKind.Public),

        // Before any range: IPNetwork.Contains finds ::ffff:8.8.8.8 within 2000::/3.
        AddressFamily.InterNetworkV6 when address.IsIPv4MappedToIPv6 => AddressKind.Never,

        // What matches nothing is Never: the unspecified address, NAT64, multicast, site-local.
        AddressFamily.InterNetworkV6 => First(Ipv6, address, AddressKind.Never),
        _ => AddressKind.Never,
    };

    private static AddressKind First((IPNetwork Range, AddressKind Kind)[] rules, IPAddress address, AddressKind otherwise)
    {
        foreach (var (range, kind) in rules)
        {
            if (range.Contains(address))
            {
                return kind;
            }
        }

        return otherwise;
    }
}
