using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Why a container does not run.</summary>
internal sealed record ContainerWait(string Container, string Reason, string Message);

/// <summary>What keeps a pod from being placed or its containers from starting.</summary>
internal static class PodNeeds
{
    /// <summary>Why no node takes the pod, null where the node does.</summary>
    public static string? Unschedulable(ObjectStore store, JsonObject pod)
    {
        foreach (var claim in pod.Items("spec", "volumes").Select(volume => volume.Str("persistentVolumeClaim", "claimName")).OfType<string>())
        {
            if (store.Find(Kinds.PersistentVolumeClaims, pod.Namespace(), claim) is not { } found)
            {
                return $"0/1 nodes are available: persistentvolumeclaim \"{claim}\" not found.";
            }

            if (found.Read().Str("status", "phase") != "Bound")
            {
                return "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.";
            }
        }

        return null;
    }

    /// <summary>The containers that cannot start, with Kubernetes' reasons. A missing volume source holds all of them.</summary>
    public static IReadOnlyList<ContainerWait> WaitingContainers(ObjectStore store, JsonObject pod)
    {
        var containers = pod.Items("spec", "initContainers").Concat(pod.Items("spec", "containers")).ToList();
        if (pod.Items("spec", "volumes").Select(volume => MissingSource(store, pod.Namespace(), volume)).FirstOrDefault(text => text is not null) is { } mount)
        {
            return [.. containers.Select(container => new ContainerWait(container.Str("name") ?? "", "ContainerCreating", mount))];
        }

        return [.. containers.Select(container => Wait(store, pod, container)).OfType<ContainerWait>()];
    }

    private static ContainerWait? Wait(ObjectStore store, JsonObject pod, JsonNode container)
    {
        var (name, image) = (container.Str("name") ?? "", container.Str("image") ?? "");
        if (image.Contains("does-not-exist", StringComparison.Ordinal))
        {
            return new ContainerWait(name, "ImagePullBackOff", $"Back-off pulling image \"{image}\"");
        }

        if (MissingConfig(store, pod.Namespace(), container) is { } missing)
        {
            return new ContainerWait(name, "CreateContainerConfigError", missing);
        }

        return image.Contains("crash-loop", StringComparison.Ordinal)
            ? new ContainerWait(name, "CrashLoopBackOff",
                $"back-off 10s restarting failed container={name} pod={pod.Name()}_{pod.Namespace()}({pod.Uid()})")
            : null;
    }

    private static string? MissingConfig(ObjectStore store, string ns, JsonNode container) =>
        container.Items("envFrom").Select(source =>
                Missing(store, ns, Kinds.Secrets, source.At("secretRef")) ?? Missing(store, ns, Kinds.ConfigMaps, source.At("configMapRef")))
            .Concat(container.Items("env").Select(variable =>
                MissingKey(store, ns, Kinds.Secrets, variable.At("valueFrom", "secretKeyRef"))
                ?? MissingKey(store, ns, Kinds.ConfigMaps, variable.At("valueFrom", "configMapKeyRef"))))
            .FirstOrDefault(text => text is not null);

    private static string? MissingSource(ObjectStore store, string ns, JsonNode volume)
    {
        var name = volume.Str("name");
        var sources = volume.Items("projected", "sources").Prepend(volume);
        return sources.Select(source => Missing(store, ns, Kinds.Secrets, source.At("secret")) ?? Missing(store, ns, Kinds.ConfigMaps, source.At("configMap")))
            .Where(missing => missing is not null).Select(missing => $"MountVolume.SetUp failed for volume \"{name}\" : {missing}").FirstOrDefault();
    }

    private static string? Missing(ObjectStore store, string ns, ResourceType type, JsonNode? reference)
    {
        var name = reference.Str("name") ?? reference.Str("secretName");
        return name is null || reference.Bool("optional") is true || store.Find(type, ns, name) is not null
            ? null : $"{type.Singular} \"{name}\" not found";
    }

    private static string? MissingKey(ObjectStore store, string ns, ResourceType type, JsonNode? reference)
    {
        if (reference is null || reference.Bool("optional") is true || Missing(store, ns, type, reference) is not null)
        {
            return Missing(store, ns, type, reference);
        }

        var (name, key) = (reference.Str("name") ?? "", reference.Str("key") ?? "");
        var found = store.Find(type, ns, name)?.Read();
        return found.Obj("data")?.ContainsKey(key) == true || found.Obj("binaryData")?.ContainsKey(key) == true
            ? null : $"couldn't find key {key} in {type.Kind} {ns}/{name}";
    }
}
