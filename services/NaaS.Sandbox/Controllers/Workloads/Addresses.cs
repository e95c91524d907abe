using System.Security.Cryptography;
using System.Text;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Addresses that a cluster's load balancers hand out: documentation addresses, the same for the same object.</summary>
internal static class Addresses
{
    public static string LoadBalancer(string uid) => $"203.0.113.{(SHA256.HashData(Encoding.UTF8.GetBytes(uid))[0] % 250) + 1}";
}
