using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Clusters;

/// <summary>What a new cluster has from the start: namespaces, one node, a storage class, its ClusterClaims.</summary>
internal static class ClusterSetup
{
    public const string KubernetesVersion = "v1.36.2";
    public const string StorageClass = "standard";

    public static void Prepare(SimulatedCluster cluster)
    {
        var store = cluster.Store;
        foreach (var name in (string[])["default", "kube-system", "kube-public", "kube-node-lease", "open-cluster-management-agent"])
        {
            store.CreateIfMissing(Kinds.Namespaces, Kinds.Namespaces.New(null, name));
        }

        store.CreateIfMissing(Kinds.Nodes, Node(cluster.Name));
        store.EditStatus(Kinds.Nodes, null, NodeName(cluster.Name), status => Describe(status, cluster));
        store.CreateIfMissing(Kinds.StorageClasses, DefaultStorageClass());
        var claims = new Dictionary<string, string>(cluster.Description.Claims)
        {
            ["id.k8s.io"] = cluster.Name,
            ["kubeversion.open-cluster-management.io"] = KubernetesVersion,
        };
        foreach (var (name, value) in claims)
        {
            var claim = Kinds.ClusterClaims.New(null, name);
            claim["spec"] = new JsonObject { ["value"] = value };
            store.CreateIfMissing(Kinds.ClusterClaims, claim);
        }
    }

    public static string NodeName(string cluster) => $"{cluster}-node";

    private static JsonObject Node(string cluster)
    {
        var node = Kinds.Nodes.New(null, NodeName(cluster));
        node.Need("metadata")["labels"] = new JsonObject
        {
            ["kubernetes.io/arch"] = "amd64",
            ["kubernetes.io/hostname"] = NodeName(cluster),
            ["kubernetes.io/os"] = "linux",
        };
        node["spec"] = new JsonObject();
        return node;
    }

    private static void Describe(JsonObject status, SimulatedCluster cluster)
    {
        if (status.ContainsKey("capacity"))
        {
            return;
        }

        JsonObject Resources() => new() { ["cpu"] = "8", ["memory"] = "32Gi", ["pods"] = "110" };
        status["capacity"] = Resources();
        status["allocatable"] = Resources();
        status["nodeInfo"] = new JsonObject { ["kubeletVersion"] = KubernetesVersion, ["architecture"] = "amd64", ["operatingSystem"] = "linux" };
        status["addresses"] = new JsonArray(
            new JsonObject { ["type"] = "InternalIP", ["address"] = "127.0.0.1" },
            new JsonObject { ["type"] = "Hostname", ["address"] = NodeName(cluster.Name) });
        status.SetCondition(new Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"), TimeProvider.System.GetUtcNow());
    }

    private static JsonObject DefaultStorageClass()
    {
        var storage = Kinds.StorageClasses.New(null, StorageClass);
        storage.Need("metadata")["annotations"] = new JsonObject { ["storageclass.kubernetes.io/is-default-class"] = "true" };
        storage["provisioner"] = "sandbox.naas.example/hostpath";
        storage["reclaimPolicy"] = "Delete";
        storage["volumeBindingMode"] = "Immediate";
        return storage;
    }
}
