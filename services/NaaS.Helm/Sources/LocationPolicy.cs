using System.Net;
using System.Net.Sockets;

namespace NaaS.Helm.Sources;

/// <summary>Decides which URLs and which resolved addresses may be reached: no order can make the worker ask its own network.</summary>
internal sealed class LocationPolicy
{
    private readonly List<Entry> entries;
    private readonly bool allowLoopback;

    public LocationPolicy(ChartSourceOptions options)
    {
        entries = [.. options.AllowedLocations.Select(Entry.Parse)];
        allowLoopback = options.AllowLoopback;
    }

    /// <summary>Whether a host is this machine by its name alone.</summary>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>Refuses a URL that no entry allows.</summary>
    /// <param name="url">Absolute URL with scheme http, https or oci.</param>
    /// <param name="anyPath">Whether an entry for the host suffices: for redirect targets and token services, whose paths nobody knows beforehand.</param>
    public void Require(Uri url, bool anyPath = false)
    {
        if (url.UserInfo.Length > 0)
        {
            throw new ChartNotAllowedException("a chart location must not carry credentials; configure them for its host");
        }

        if (allowLoopback && IsLoopbackHost(url.Host) && url.Scheme is "http" or "https" or "oci")
        {
            return;
        }

        if (!entries.Any(e => e.Allows(url, anyPath)))
        {
            throw new ChartNotAllowedException($"{url.Scheme}://{url.Authority} is not among the allowed chart locations");
        }
    }

    /// <summary>Refuses an address that a host's name resolved to.</summary>
    public void RequireAddress(string host, IPAddress address)
    {
        if (!Allows(host, address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address))
        {
            throw new ChartNotAllowedException($"{host} resolves to {address}, which is not an address that charts may come from");
        }
    }

    private bool Allows(string host, IPAddress address)
    {
        var named = entries.Any(e => e.NamesHost(host));
        if (IPAddress.IsLoopback(address))
        {
            return allowLoopback || (named && IsLoopbackHost(host));
        }

        // Link-local holds cloud metadata services; nobody's charts live there.
        return !IsNeverAllowed(address) && (named || !IsPrivate(address));
    }

    private static bool IsNeverAllowed(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any) || address.IsIPv6SiteLocal;
        }

        var b = address.GetAddressBytes();
        return b[0] is 0 or >= 224 || (b[0] == 169 && b[1] == 254);
    }

    private static bool IsPrivate(IPAddress address)
    {
        var b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Unique local, and the ranges that carry an IPv4 address inside (NAT64, 6to4, Teredo).
            return (b[0] & 0xfe) == 0xfc || b.AsSpan().StartsWith<byte>([0x00, 0x64, 0xff, 0x9b]) || (b[0] == 0x20 && b[1] == 0x02)
                || b.AsSpan().StartsWith<byte>([0x20, 0x01, 0x00, 0x00]) || b.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0;
        }

        return b[0] == 10 || (b[0] == 172 && b[1] is >= 16 and < 32) || (b[0] == 192 && b[1] == 168) || (b[0] == 100 && b[1] is >= 64 and < 128)
            || (b[0] == 198 && b[1] is 18 or 19) || (b[0] == 192 && b[1] == 0 && b[2] is 0 or 2);
    }

    /// <summary>One allowed prefix. An empty scheme or host stands for any.</summary>
    private sealed record Entry(string Scheme, string Host, int Port, string Path)
    {
        public static Entry Parse(string text)
        {
            if (text == "*")
            {
                return new Entry("", "", -1, "");
            }

            // A star is no character of a host, so that it is replaced while the URL is read.
            var url = Uri.TryCreate(text.Replace("://*.", "://star-.", StringComparison.Ordinal), UriKind.Absolute, out var parsed) && parsed.Host.Length > 0
                ? parsed
                : throw new ArgumentException($"allowed chart location \"{text}\" is neither * nor a URL");
            var host = url.Host.Replace("star-.", "*.", StringComparison.Ordinal);
            return new Entry(url.Scheme, host, url.IsDefaultPort || url.Port < 0 ? -1 : url.Port, url.AbsolutePath.TrimEnd('/'));
        }

        public bool NamesHost(string host) => Host.Length > 0 && Host[0] != '*' && Host.Equals(host, StringComparison.OrdinalIgnoreCase);

        public bool Allows(Uri url, bool anyPath)
        {
            // An oci entry also allows the HTTPS requests to its registry.
            var scheme = Scheme switch
            {
                "" => url.Scheme is "https" or "oci",
                "oci" => url.Scheme is "oci" || (url.Scheme is "https" && anyPath),
                _ => url.Scheme == Scheme,
            };
            return scheme && AllowsHost(url) && (anyPath || AllowsPath(url));
        }

        private bool AllowsHost(Uri url)
        {
            if (Host.Length == 0)
            {
                return true;
            }

            // Docker Hub answers under other names than the one in its references.
            if (Host == "docker.io" && Scheme == "oci" && (url.Host.EndsWith(".docker.io", StringComparison.Ordinal) || url.Host.EndsWith(".docker.com", StringComparison.Ordinal)))
            {
                return url.IsDefaultPort;
            }

            var name = Host[0] == '*' ? url.Host.EndsWith(Host[1..], StringComparison.OrdinalIgnoreCase) : Host.Equals(url.Host, StringComparison.OrdinalIgnoreCase);
            return name && Port == (url.IsDefaultPort || url.Port < 0 ? -1 : url.Port);
        }

        private bool AllowsPath(Uri url) =>
            Path.Length == 0 || url.AbsolutePath == Path || url.AbsolutePath.StartsWith(Path + "/", StringComparison.Ordinal);
    }
}
