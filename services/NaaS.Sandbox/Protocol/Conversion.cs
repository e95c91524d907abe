using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>Turns objects from the stored version into another and back.</summary>
/// <param name="outwards">Changes a stored object to the served version.</param>
/// <param name="inwards">Changes a served object to the stored version.</param>
internal sealed class Conversion(Action<JsonObject> outwards, Action<JsonObject> inwards)
{
    private static readonly (string Core, string Events)[] EventNames =
    [
        ("involvedObject", "regarding"), ("message", "note"), ("reportingComponent", "reportingController"), ("source", "deprecatedSource"),
        ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"), ("count", "deprecatedCount"),
    ];

    /// <summary>Only the apiVersion differs.</summary>
    public static readonly Conversion NameOnly = new(_ => { }, _ => { });

    /// <summary>events.k8s.io names some fields otherwise.</summary>
    public static readonly Conversion Events = new(
        json => Rename(json, EventNames.Select(n => (n.Core, n.Events))),
        json => Rename(json, EventNames.Select(n => (n.Events, n.Core))));

    /// <summary>autoscaling/v1 has one target: CPU.</summary>
    public static readonly Conversion Autoscalers = new(
        json =>
        {
            var spec = json.Obj("spec");
            var cpu = (spec.Arr("metrics") ?? []).FirstOrDefault(m => m.Str("resource", "name") == "cpu");
            spec?.Remove("metrics");
            if (cpu.Int("resource", "target", "averageUtilization") is { } share)
            {
                spec!["targetCPUUtilizationPercentage"] = share;
            }
        },
        json =>
        {
            if (json.Obj("spec") is { } spec && spec.Int("targetCPUUtilizationPercentage") is { } share)
            {
                spec.Remove("targetCPUUtilizationPercentage");
                spec["metrics"] = new JsonArray(new JsonObject
                {
                    ["type"] = "Resource",
                    ["resource"] = new JsonObject
                    {
                        ["name"] = "cpu",
                        ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = share },
                    },
                });
            }
        });

    /// <summary>The stored object in the served version.</summary>
    public JsonObject Out(JsonObject json, string apiVersion)
    {
        outwards(json);
        json["apiVersion"] = apiVersion;
        return json;
    }

    /// <summary>The served object in the stored version.</summary>
    public JsonObject In(JsonObject json, string apiVersion)
    {
        inwards(json);
        json["apiVersion"] = apiVersion;
        return json;
    }

    private static void Rename(JsonObject json, IEnumerable<(string From, string To)> names)
    {
        foreach (var (from, to) in names)
        {
            if (json.Remove(from, out var value))
            {
                json[to] = value;
            }
        }
    }
}
