using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>
/// Keeps a StatefulSet's pods by ordinal, one after the other unless they may start in parallel, each with its claims. As in Kubernetes a
/// pod that never becomes ready holds the roll-out, also the one that would repair it, until that pod is deleted.
/// </summary>
internal sealed class StatefulSetController(ReconcileLoop loop, SimulatedCluster cluster)
    : OwnedController(loop, cluster, Kinds.StatefulSets, Kinds.Pods)
{
    private const string RevisionLabel = "controller-revision-hash";

    protected override void Reconcile(StoredObject stored)
    {
        var set = stored.Read();
        var update = EnsureRevision(stored, set);
        var current = set.Str("status", "currentRevision") is { Length: > 0 } known ? known : update;
        var pods = Controlled(Kinds.Pods, stored).Select(pod => pod.Read()).ToDictionary(pod => pod.Name());
        ApiStatusException? refused = null;
        try
        {
            Step(stored, set, pods, current, update);
        }
        catch (ApiStatusException problem)
        {
            refused = problem;
        }

        Report(stored, set, current, update);
        if (refused is not null)
        {
            throw refused;
        }
    }

    // One step of the way: what comes next comes with the next change.
    private void Step(StoredObject stored, JsonObject set, Dictionary<string, JsonObject> pods, string current, string update)
    {
        var wanted = RolloutPlan.Replicas(set);
        var parallel = set.Str("spec", "podManagementPolicy") == "Parallel";
        var partition = set.Int("spec", "updateStrategy", "rollingUpdate", "partition") ?? 0;
        for (var ordinal = 0L; ordinal < wanted; ordinal++)
        {
            var pod = pods.GetValueOrDefault(NameOf(stored, ordinal));
            if (pod is null)
            {
                Create(stored, set, ordinal, ordinal < partition ? current : update);
            }

            if (!parallel && (pod is null || pod.IsDeleting() || !Pods.IsReady(pod)))
            {
                return;
            }
        }

        foreach (var surplus in pods.Values.Where(pod => OrdinalOf(stored, pod) >= wanted).OrderByDescending(pod => OrdinalOf(stored, pod)))
        {
            Store.DeleteIfThere(Kinds.Pods, stored.Namespace, surplus.Name());
            if (!parallel)
            {
                return;
            }
        }

        if (set.Str("spec", "updateStrategy", "type") != "OnDelete")
        {
            ReplaceOne(stored, pods, wanted, partition, update);
        }
    }

    // From the highest ordinal down, and only while the pods above are ready.
    private void ReplaceOne(StoredObject stored, Dictionary<string, JsonObject> pods, long wanted, long partition, string update)
    {
        for (var ordinal = wanted - 1; ordinal >= partition; ordinal--)
        {
            if (pods.GetValueOrDefault(NameOf(stored, ordinal)) is not { } pod || pod.IsDeleting())
            {
                return;
            }

            if (RevisionOf(pod) != update)
            {
                Store.DeleteIfThere(Kinds.Pods, stored.Namespace, pod.Name());
                return;
            }

            if (!Pods.IsReady(pod))
            {
                return;
            }
        }
    }

    private void Create(StoredObject stored, JsonObject set, long ordinal, string revision)
    {
        var template = set.At("spec", "template");
        if (revision != NameOfRevision(stored, set))
        {
            template = Store.Find(Kinds.ControllerRevisions, stored.Namespace, revision)?.Read().At("data", "spec", "template") ?? template;
        }

        var name = NameOf(stored, ordinal);
        var claims = set.Items("spec", "volumeClaimTemplates").OfType<JsonObject>().ToList();
        foreach (var claim in claims)
        {
            Store.CreateIfMissing(Kinds.PersistentVolumeClaims, ClaimOf(stored, set, claim, name));
        }

        Pods.Create(Store, stored, template, name, pod =>
        {
            var labels = pod.Need("metadata").Need("labels");
            labels[RevisionLabel] = revision;
            labels["statefulset.kubernetes.io/pod-name"] = name;
            labels["apps.kubernetes.io/pod-index"] = ordinal.ToString(CultureInfo.InvariantCulture);
            var spec = pod.Need("spec");
            spec["hostname"] = name;
            spec["subdomain"] = set.Str("spec", "serviceName") ?? "";
            var volumes = spec.Items("volumes").Where(volume => claims.TrueForAll(claim => claim.Name() != volume.Str("name"))).Select(volume => volume.DeepClone());
            spec["volumes"] = new JsonArray([.. volumes, .. claims.Select(claim => (JsonNode)new JsonObject
            {
                ["name"] = claim.Name(),
                ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = $"{claim.Name()}-{name}" },
            })]);
        });
    }

    private static JsonObject ClaimOf(StoredObject stored, JsonObject set, JsonObject template, string pod)
    {
        var claim = Kinds.PersistentVolumeClaims.New(stored.Namespace, $"{template.Name()}-{pod}");
        var metadata = claim.Need("metadata");
        metadata["labels"] = (template.Obj("metadata", "labels") ?? set.Obj("spec", "selector", "matchLabels"))?.DeepClone();
        if (template.Obj("metadata", "annotations") is { } annotations)
        {
            metadata["annotations"] = annotations.DeepClone();
        }

        if (set.Str("spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted") == "Delete")
        {
            metadata["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = "StatefulSet",
                ["name"] = stored.Name,
                ["uid"] = set.Str("metadata", "uid"),
            });
        }

        claim["spec"] = template["spec"]?.DeepClone();
        return claim;
    }

    private string EnsureRevision(StoredObject stored, JsonObject set)
    {
        var name = NameOfRevision(stored, set);
        if (Store.Find(Kinds.ControllerRevisions, stored.Namespace, name) is null)
        {
            var revision = Kinds.ControllerRevisions.New(stored.Namespace, name);
            var metadata = revision.Need("metadata");
            metadata["labels"] = set.Obj("spec", "selector", "matchLabels")?.DeepClone() ?? new JsonObject();
            metadata["ownerReferences"] = new JsonArray(stored.AsController());
            revision["data"] = new JsonObject { ["spec"] = new JsonObject { ["template"] = set.At("spec", "template")?.DeepClone() } };
            revision["revision"] = Controlled(Kinds.ControllerRevisions, stored).Count + 1;
            Store.CreateIfMissing(Kinds.ControllerRevisions, revision);
        }

        return name;
    }

    private void Report(StoredObject stored, JsonObject set, string current, string update)
    {
        var minReady = set.Int("spec", "minReadySeconds") ?? 0;
        var pods = Controlled(Kinds.Pods, stored).Select(pod => pod.Read()).ToList();
        var live = pods.Where(pod => !pod.IsDeleting()).ToList();
        var updated = live.Count(pod => RevisionOf(pod) == update);
        var done = updated == RolloutPlan.Replicas(set) && pods.Count == updated && live.TrueForAll(Pods.IsReady);
        Store.EditStatus(Kinds.StatefulSets, stored.Namespace, stored.Name, status =>
        {
            status["observedGeneration"] = stored.Generation;
            status["replicas"] = pods.Count;
            Counters.Set(status, "readyReplicas", live.Count(Pods.IsReady));
            status["availableReplicas"] = live.Count(pod => Pods.AvailableAt(pod, minReady) <= Loop.Now);
            Counters.Set(status, "currentReplicas", done ? updated : live.Count(pod => RevisionOf(pod) == current));
            Counters.Set(status, "updatedReplicas", updated);
            status["currentRevision"] = done ? update : current;
            status["updateRevision"] = update;
            status["collisionCount"] = 0;
        });
        if (live.Select(pod => Pods.AvailableAt(pod, minReady)).Where(at => at > Loop.Now).Min() is { } next)
        {
            Loop.EnqueueAt(this, stored.Namespace, stored.Name, next);
        }
    }

    private static string NameOf(StoredObject set, long ordinal) => $"{set.Name}-{ordinal}";

    private static string NameOfRevision(StoredObject stored, JsonObject set) => $"{stored.Name}-{TemplateHash.Of(set.At("spec", "template"))}";

    private static long OrdinalOf(StoredObject set, JsonObject pod) =>
        long.TryParse(pod.Name()[(set.Name.Length + 1)..], CultureInfo.InvariantCulture, out var ordinal) ? ordinal : long.MaxValue;

    private static string? RevisionOf(JsonObject pod) => pod.Labels().GetValueOrDefault(RevisionLabel);
}
