using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Network;

/// <summary>Who calls whom from where.</summary>
/// <param name="Home">The caller's cluster.</param>
/// <param name="Caller">The calling pod.</param>
/// <param name="There">The cluster of the pods called.</param>
/// <param name="Host">The name called.</param>
internal sealed record Route(SimulatedCluster Home, JsonObject Caller, SimulatedCluster There, string Host)
{
    public bool IsLocal => Home == There;

    /// <summary>The address that the called pod sees.</summary>
    public IPAddress Source => IsLocal ? IPAddress.Parse(Caller.Str("status", "podIP")!) : Global($"{Home.Name}/{Caller.Uid()}");

    /// <summary>The address that the caller sends to.</summary>
    public IPAddress Destination(JsonObject pod) => IsLocal ? IPAddress.Parse(pod.Str("status", "podIP")!) : Global($"{There.Name}/{Host}");

    /// <summary>An address of the clusterset: Globalnet's range is 242.0.0.0/8.</summary>
    public static IPAddress Global(string who)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(who));
        return new IPAddress([242, digest[0], digest[1], digest[2]]);
    }
}
