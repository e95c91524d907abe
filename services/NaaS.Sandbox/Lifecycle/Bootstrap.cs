using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Lifecycle;

/// <summary>What every cluster has from its first moment.</summary>
internal static class Bootstrap
{
    private static readonly string[] Namespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    /// <summary>Creates what is missing.</summary>
    public static void Fill(ObjectStore store)
    {
        foreach (var name in Namespaces)
        {
            if (store.Find(Kinds.Namespaces, null, name) is null)
            {
                store.Create(Kinds.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } });
            }
        }
        if (store.Find(Kinds.Services, "default", "kubernetes") is null)
        {
            store.Create(Kinds.Services, new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["name"] = "kubernetes",
                    ["namespace"] = "default",
                    ["labels"] = new JsonObject { ["component"] = "apiserver", ["provider"] = "kubernetes" },
                },
                ["spec"] = new JsonObject
                {
                    ["clusterIP"] = "10.96.0.1",
                    ["ports"] = new JsonArray(new JsonObject { ["name"] = "https", ["port"] = 443, ["targetPort"] = 6443 }),
                },
            });
        }
    }
}
