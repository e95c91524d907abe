using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Endpoints and EndpointSlices as their controllers write them.</summary>
internal static class EndpointObjects
{
    public static JsonObject Endpoints(StoredObject owner, JsonObject service, IReadOnlyList<JsonObject> pods)
    {
        var made = Kinds.Endpoints.New(owner.Namespace, owner.Name);
        if (service.Obj("metadata", "labels") is { } labels)
        {
            made.Need("metadata")["labels"] = labels.DeepClone();
        }

        made.Need("metadata")["ownerReferences"] = new JsonArray(owner.AsController());
        if (pods.Count == 0)
        {
            return made;
        }

        var subset = new JsonObject();
        foreach (var (field, ready) in (ReadOnlySpan<(string, bool)>)[("addresses", true), ("notReadyAddresses", false)])
        {
            var chosen = pods.Where(pod => Pods.IsReady(pod) == ready).ToList();
            if (chosen.Count > 0)
            {
                subset[field] = new JsonArray([.. chosen.Select(pod => new JsonObject
                {
                    ["ip"] = pod.Str("status", "podIP"),
                    ["nodeName"] = pod.Str("spec", "nodeName"),
                    ["targetRef"] = Target(pod),
                })]);
            }
        }

        if (service.Items("spec", "ports").Any())
        {
            subset["ports"] = Ports(service, pods[0]);
        }

        made["subsets"] = new JsonArray(subset);
        return made;
    }

    public static JsonObject Slice(StoredObject owner, JsonObject service, IReadOnlyList<JsonObject> pods)
    {
        var made = Kinds.EndpointSlices.New(owner.Namespace, $"{owner.Name}-{TemplateHash.Of(owner.Uid)[..5]}");
        made.Need("metadata")["labels"] = new JsonObject
        {
            ["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io",
            ["kubernetes.io/service-name"] = owner.Name,
        };
        made.Need("metadata")["ownerReferences"] = new JsonArray(owner.AsController());
        made["addressType"] = "IPv4";
        made["endpoints"] = new JsonArray([.. pods.Select(pod => new JsonObject
        {
            ["addresses"] = new JsonArray(pod.Str("status", "podIP")),
            ["conditions"] = new JsonObject { ["ready"] = Pods.IsReady(pod), ["serving"] = Pods.IsReady(pod), ["terminating"] = false },
            ["nodeName"] = pod.Str("spec", "nodeName"),
            ["targetRef"] = Target(pod),
        })]);
        made["ports"] = pods.Count == 0 ? new JsonArray() : Ports(service, pods[0]);
        return made;
    }

    /// <summary>The container port that a Service's targetPort means for a pod: a number, or a port's name.</summary>
    public static long? TargetPort(JsonNode port, JsonObject pod)
    {
        var target = port.At("targetPort");
        if (target is null)
        {
            return port.Int("port");
        }

        return target.GetValueKind() == JsonValueKind.Number
            ? target.Int()
            : pod.Items("spec", "containers").SelectMany(container => container.Items("ports"))
                .FirstOrDefault(candidate => candidate.Str("name") == target.Str()).Int("containerPort");
    }

    private static JsonArray Ports(JsonObject service, JsonObject pod) =>
    [
        .. service.Items("spec", "ports").Where(port => TargetPort(port, pod) is not null).Select(port =>
        {
            var made = new JsonObject { ["port"] = TargetPort(port, pod), ["protocol"] = port.Str("protocol") ?? "TCP" };
            if (port.Str("name") is { Length: > 0 } name)
            {
                made["name"] = name;
            }

            return (JsonNode)made;
        }),
    ];

    private static JsonObject Target(JsonObject pod) => new()
    {
        ["kind"] = "Pod",
        ["name"] = pod.Name(),
        ["namespace"] = pod.Namespace(),
        ["uid"] = pod.Uid(),
    };
}
