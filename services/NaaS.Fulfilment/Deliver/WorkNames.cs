using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;

namespace NaaS.Fulfilment.Deliver;

/// <summary>Names of hub objects. They derive from the service's id, so writing one again is harmless. All are shorter than OCM's 63 characters.</summary>
internal static class WorkNames
{
    private const string Prefix = "naas-";

    /// <summary>A part of the service's works on a cluster.</summary>
    public static string Work(Guid serviceId, int part) => $"{Prefix}{serviceId:N}-{part.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The work of a hook.</summary>
    public static string Hook(Guid serviceId, ObjectKey hook) => $"{Prefix}{serviceId:N}-h{Short(hook.ToString())}";

    /// <summary>The Placement of a group under a rule.</summary>
    public static string Placement(Guid serviceId, string group, PlacementRule rule) => $"{Prefix}{serviceId:N}-{Short(group)}-{rule.Digest}";

    /// <summary>Part that a work's name tells; null for a hook's.</summary>
    public static int? PartOf(string workName) =>
        int.TryParse(workName[(workName.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? part : null;

    /// <summary>Service that a hub object's name tells; null where it is not ours.</summary>
    public static Guid? ServiceOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && name.Length >= Prefix.Length + 32
        && Guid.TryParseExact(name.AsSpan(Prefix.Length, 32), "N", out var id)
            ? id
            : null;

    private static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
}
