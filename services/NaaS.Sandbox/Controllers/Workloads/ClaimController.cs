using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Binds claims to volumes that it makes, where the claim's storage class exists; keeps claims in use, and takes the volume with the claim.</summary>
internal sealed class ClaimController(ReconcileLoop loop, SimulatedCluster cluster) : Controller
{
    private const string Protection = "kubernetes.io/pvc-protection";

    public override IReadOnlyList<ResourceType> Watches =>
        [Kinds.PersistentVolumeClaims, Kinds.PersistentVolumes, Kinds.StorageClasses, Kinds.Pods];

    private ObjectStore Store => cluster.Store;

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kinds.PersistentVolumeClaims)
        {
            loop.Enqueue(this, changed.Namespace, changed.Name);
        }
        else if (changed.Type == Kinds.Pods ? happened.Type == WatchEventType.Deleted : happened.Type == WatchEventType.Added)
        {
            foreach (var claim in Store.List(Kinds.PersistentVolumeClaims, changed.Type == Kinds.Pods ? changed.Namespace : null).Items)
            {
                loop.Enqueue(this, claim.Namespace, claim.Name);
            }
        }
    }

    public override void Reconcile(string ns, string name)
    {
        if (Store.Find(Kinds.PersistentVolumeClaims, ns, name) is not { } stored)
        {
            Release(ns, name);
        }
        else if (stored.Deleting)
        {
            LetGo(stored);
        }
        else if (stored.Read() is var claim && claim.Str("status", "phase") != "Bound" && VolumeFor(stored, claim) is { } volume)
        {
            Bind(stored, claim, volume);
        }
        else if (claim.Str("status", "phase") is null)
        {
            Store.EditStatus(Kinds.PersistentVolumeClaims, ns, name, status => status["phase"] = "Pending");
        }
    }

    // A fitting volume that is there, else a new one where the class can make it.
    private JsonObject? VolumeFor(StoredObject stored, JsonObject claim)
    {
        var wanted = claim.Str("spec", "volumeName");
        var existing = Store.List(Kinds.PersistentVolumes).Read().FirstOrDefault(volume => volume.Str("spec", "claimRef", "uid") == stored.Uid
            || volume.Name() == wanted
            || (volume.Obj("spec", "claimRef") is null && (volume.Str("spec", "storageClassName") ?? "") == (claim.Str("spec", "storageClassName") ?? Default())
                && Quantity.Parse(volume.Str("spec", "capacity", "storage")) >= Quantity.Parse(claim.Str("spec", "resources", "requests", "storage"))));
        if (existing is not null || wanted is not null)
        {
            return existing;
        }

        var storageClass = claim.Str("spec", "storageClassName") ?? Default();
        if (storageClass.Length == 0 || Store.Find(Kinds.StorageClasses, null, storageClass) is null)
        {
            return null;
        }

        var volume = Kinds.PersistentVolumes.New(null, $"pvc-{stored.Uid}");
        volume["spec"] = new JsonObject
        {
            ["capacity"] = new JsonObject { ["storage"] = claim.Str("spec", "resources", "requests", "storage") ?? "1Gi" },
            ["accessModes"] = claim.At("spec", "accessModes")?.DeepClone(),
            ["storageClassName"] = storageClass,
            ["persistentVolumeReclaimPolicy"] = "Delete",
            ["claimRef"] = Reference(stored),
            ["hostPath"] = new JsonObject { ["path"] = $"/var/lib/sandbox/{stored.Uid}" },
        };
        Store.CreateIfMissing(Kinds.PersistentVolumes, volume);
        return volume;
    }

    private void Bind(StoredObject stored, JsonObject claim, JsonObject volume)
    {
        Store.EditIfThere(Kinds.PersistentVolumes, null, volume.Name(), tree =>
        {
            tree.Need("spec")["claimRef"] ??= Reference(stored);
            return true;
        });
        Store.EditStatus(Kinds.PersistentVolumes, null, volume.Name(), status => status["phase"] = "Bound");
        Store.EditIfThere(Kinds.PersistentVolumeClaims, stored.Namespace, stored.Name, tree =>
        {
            tree.Need("spec")["volumeName"] = volume.Name();
            tree.Need("spec")["storageClassName"] ??= volume.Str("spec", "storageClassName");
            return true;
        });
        Store.EditStatus(Kinds.PersistentVolumeClaims, stored.Namespace, stored.Name, status =>
        {
            status["phase"] = "Bound";
            status["accessModes"] = claim.At("spec", "accessModes")?.DeepClone();
            status["capacity"] = volume.At("spec", "capacity")?.DeepClone();
        });
    }

    private void LetGo(StoredObject claim)
    {
        var used = Store.List(Kinds.Pods, claim.Namespace).Read().Any(pod => !Pods.IsFinished(pod)
            && pod.Items("spec", "volumes").Any(volume => volume.Str("persistentVolumeClaim", "claimName") == claim.Name));
        if (used || !claim.Finalizers.Contains(Protection))
        {
            return;
        }

        Store.EditIfThere(Kinds.PersistentVolumeClaims, claim.Namespace, claim.Name, tree =>
        {
            var metadata = tree.Need("metadata");
            metadata["finalizers"] = new JsonArray([.. metadata.Texts("finalizers").Where(text => text != Protection).Select(text => JsonValue.Create(text))]);
            return true;
        });
    }

    private void Release(string ns, string name)
    {
        foreach (var volume in Store.List(Kinds.PersistentVolumes).Read()
            .Where(volume => volume.Str("spec", "claimRef", "namespace") == ns && volume.Str("spec", "claimRef", "name") == name))
        {
            if (volume.Str("spec", "persistentVolumeReclaimPolicy") == "Delete")
            {
                DeleteVolume(volume.Name());
            }
            else
            {
                Store.EditStatus(Kinds.PersistentVolumes, null, volume.Name(), status => status["phase"] = "Released");
            }
        }
    }

    private void DeleteVolume(string name)
    {
        Store.DeleteIfThere(Kinds.PersistentVolumes, null, name);
        Store.EditIfThere(Kinds.PersistentVolumes, null, name, tree => tree.Need("metadata").Remove("finalizers"));
    }

    private string Default() => Store.List(Kinds.StorageClasses).Read()
        .FirstOrDefault(storage => storage.Str("metadata", "annotations", "storageclass.kubernetes.io/is-default-class") == "true").Name();

    private static JsonObject Reference(StoredObject claim) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "PersistentVolumeClaim",
        ["namespace"] = claim.Namespace,
        ["name"] = claim.Name,
        ["uid"] = claim.Uid,
    };
}
