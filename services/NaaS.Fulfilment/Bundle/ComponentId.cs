using System.Security.Cryptography;
using System.Text;

namespace NaaS.Fulfilment.Bundle;

/// <summary>Stable ids of components.</summary>
internal static class ComponentId
{
    /// <summary>UUIDv5 (RFC 9562) with the service's id as namespace and <c>kind/namespace/name</c> as name.</summary>
    public static Guid Of(Guid serviceId, ObjectKey workload)
    {
        var name = Encoding.UTF8.GetBytes($"{workload.Kind}/{workload.Namespace}/{workload.Name}");
        var hash = SHA1.HashData([.. serviceId.ToByteArray(bigEndian: true), .. name]);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash.AsSpan(0, 16), bigEndian: true);
    }
}
