namespace NaaS.Sandbox.Controllers.Network;

/// <summary>A Service's name in DNS.</summary>
/// <param name="Name">The service.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Clusterset">Whether it means the service of that name on any cluster that exports it.</param>
internal sealed record ServiceName(string Name, string Namespace, bool Clusterset)
{
    /// <summary>Reads <c>name</c>, <c>name.ns</c>, <c>name.ns.svc</c>, with <c>cluster.local</c> or <c>clusterset.local</c> after it; null for anything else.</summary>
    public static ServiceName? Parse(string host, string here)
    {
        if (System.Net.IPAddress.TryParse(host, out _))
        {
            return null;
        }

        return host.TrimEnd('.').Split('.') switch
        {
            [{ Length: > 0 } name] => new(name, here, false),
            [var name, var ns] => new(name, ns, false),
            [var name, var ns, "svc"] => new(name, ns, false),
            [var name, var ns, "svc", "cluster", "local"] => new(name, ns, false),
            [var name, var ns, "svc", "clusterset", "local"] => new(name, ns, true),
            _ => null,
        };
    }

    public override string ToString() => $"{Name}.{Namespace}.svc.{(Clusterset ? "clusterset" : "cluster")}.local";
}
