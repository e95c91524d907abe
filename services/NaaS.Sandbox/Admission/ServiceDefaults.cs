using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Admission;

/// <summary>What the API server fills into a Service: addresses and ports among it.</summary>
internal static class ServiceDefaults
{
    public static void Complete(JsonObject json, JsonObject spec, JsonObject? before)
    {
        BuiltInDefaults.Set(spec, ("type", "ClusterIP"), ("sessionAffinity", "None"));
        foreach (var port in (spec.Arr("ports") ?? []).OfType<JsonObject>())
        {
            BuiltInDefaults.Set(port, ("protocol", "TCP"));
            if (port["port"] is { } number)
            {
                BuiltInDefaults.Set(port, ("targetPort", number.DeepClone()));
            }
        }
        if (before is null)
        {
            json["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() };
        }
        if (spec.Str("type") == "ExternalName")
        {
            return;
        }
        BuiltInDefaults.Set(spec, ("internalTrafficPolicy", "Cluster"), ("ipFamilyPolicy", "SingleStack"), ("ipFamilies", new JsonArray("IPv4")));
        if (spec["clusterIP"] is null && before.Str("spec", "clusterIP") is { } kept)
        {
            spec["clusterIP"] = kept;
        }
        if (spec.Str("clusterIP") is null or "")
        {
            spec["clusterIP"] = Address(json);
        }
        spec["clusterIPs"] ??= new JsonArray(spec.Str("clusterIP"));
        if (spec.Str("type") is "NodePort" or "LoadBalancer")
        {
            BuiltInDefaults.Set(spec, ("externalTrafficPolicy", "Cluster"));
            NodePorts(json, spec, before);
        }
        if (spec.Str("type") == "LoadBalancer")
        {
            BuiltInDefaults.Set(spec, ("allocateLoadBalancerNodePorts", true));
        }
    }

    private static void NodePorts(JsonObject json, JsonObject spec, JsonObject? before)
    {
        foreach (var port in (spec.Arr("ports") ?? []).OfType<JsonObject>().Where(p => p["nodePort"] is null))
        {
            var kept = (before.Arr("spec", "ports") ?? []).Where(p => p.Int("port") == port.Int("port")).Select(p => p.Int("nodePort")).FirstOrDefault();
            port["nodePort"] = kept ?? 30000 + (Hash($"{json.Str("metadata", "uid")}/{port.Int("port")}") % 2768);
        }
    }

    /// <summary>An address of 10.96.0.0/12 by the service's uid.</summary>
    private static string Address(JsonObject json)
    {
        var hash = Hash(json.Str("metadata", "uid") ?? "");
        return string.Create(CultureInfo.InvariantCulture, $"10.{96 + (hash >> 16 & 15)}.{hash >> 8 & 255}.{1 + (hash % 254)}");
    }

    private static long Hash(string text)
    {
        // FNV-1a: the same after a restart.
        var hash = 2166136261u;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 16777619u;
        }
        return hash;
    }
}
