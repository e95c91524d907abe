using System.Text.Json.Nodes;
using static NaaS.OpenSlice.Checks.CheckFailedException;

namespace NaaS.OpenSlice.Checks;

/// <summary>Names of characteristics that OpenSlice keeps for itself.</summary>
internal static class Names
{
    /// <summary>Check 33.</summary>
    public static void Check(JsonArray characteristics)
    {
        foreach (var name in characteristics.Select(one => (string?)one?["name"] ?? ""))
        {
            Unless(
                33,
                !name.Contains("::", StringComparison.Ordinal) && name is not ("EXEC_ACTION" or "externalPartnerServiceId" or "externalServiceOrderId"),
                $"the name {name} is OpenSlice's own");
        }
    }
}
