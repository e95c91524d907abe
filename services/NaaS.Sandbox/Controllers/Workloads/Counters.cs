using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Numbers in a status.</summary>
internal static class Counters
{
    /// <summary>Sets a number that Kubernetes leaves out when it is 0.</summary>
    public static void Set(JsonObject status, string name, long value)
    {
        if (value == 0)
        {
            status.Remove(name);
        }
        else
        {
            status[name] = value;
        }
    }

    /// <summary>A number, or a percentage of <paramref name="total"/>.</summary>
    public static long Resolve(JsonNode? value, long total, bool roundUp, string byDefault)
    {
        var text = value is null ? byDefault : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        if (!text.EndsWith('%'))
        {
            return long.Parse(text, CultureInfo.InvariantCulture);
        }

        var share = double.Parse(text[..^1], CultureInfo.InvariantCulture) * total / 100;
        return (long)(roundUp ? Math.Ceiling(share) : Math.Floor(share));
    }
}
