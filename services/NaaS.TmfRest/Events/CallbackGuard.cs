using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Events;

/// <summary>
/// Decides where the server may connect to on a client's word: no private, link-local or other special address unless the operator allows the host.
/// Asked when a listener registers and again at each connection, since names change their addresses.
/// </summary>
internal sealed class CallbackGuard(IOptions<CallbackOptions> options, IServer server)
{
    /// <summary>Refuses an address that may not be called; the message names the attribute.</summary>
    /// <exception cref="InvalidBodyFieldException">It says why.</exception>
    public async Task CheckAsync(string attribute, string callback, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(callback, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
        {
            throw new InvalidBodyFieldException($"{attribute}: '{callback}' is not an http or https address");
        }

        if (options.Value.AllowedHosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        var targets = await ResolveAsync(address.IdnHost, cancellationToken);
        if (targets.Length == 0 || !targets.All(IsAllowed))
        {
            throw new InvalidBodyFieldException($"{attribute}: {address.Host} may not be called; the operator can allow it");
        }

        if (address.Scheme == "http" && !options.Value.AllowHttp && !targets.All(IPAddress.IsLoopback))
        {
            throw new InvalidBodyFieldException($"{attribute}: https is required");
        }
    }

    /// <summary>Connects to an address that may be called; used by the HTTP client, so that the address checked is the address used.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var targets = await ResolveAsync(host, cancellationToken);
        if (!options.Value.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase) && (targets.Length == 0 || !targets.All(IsAllowed)))
        {
            throw new HttpRequestException($"{host} may not be called");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(targets, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address) =>
        IPAddress.IsLoopback(address) ? options.Value.AllowLoopback ?? Listening.OnLoopbackOnly(server) : IsPublic(address);

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return IPAddress.TryParse(host.Trim('[', ']'), out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            // A name that does not resolve has no addresses; what that means is the caller's matter.
            return [];
        }
    }

    private static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Special.Any(network => network.Contains(plain));
    }

    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];
}

/// <summary>Where the server listens.</summary>
internal static class Listening
{
    public static bool OnLoopbackOnly(IServer server) =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } addresses
        && addresses.All(address => BindingAddress.Parse(address).Host is var host
            && (host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))));
}
