using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace NaaS.Ordering.Orders;

/// <summary>Recognises an order that is sent again.</summary>
internal static class OrderDigest
{
    /// <summary>SHA-256 of the order as sent.</summary>
    public static string Of(JsonObject body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body.ToJsonString())));
}
