using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Clusters;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Scheduler and kubelet of a cluster's one node: places pods, starts them after a moment unless something is missing, and stops them.</summary>
internal sealed class PodController : Controller
{
    private readonly ReconcileLoop _loop;
    private readonly SimulatedCluster _cluster;
    private readonly PodTiming _timing;
    private readonly TimeSpan _jobRun;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Namespace, string Name), byte> _blocked = [];
    private int _addresses;

    public PodController(ReconcileLoop loop, SimulatedCluster cluster, SandboxOptions options)
    {
        _loop = loop;
        _cluster = cluster;
        _timing = options.Pods;
        _jobRun = options.Agents.JobRun;
        _addresses = cluster.Store.List(Kinds.Pods).Read().Select(pod => NumberOf(pod.Str("status", "podIP"))).DefaultIfEmpty(0).Max();
        cluster.FaultsChanged += () => LookAt(cluster.Store.List(Kinds.Pods).Items.Select(pod => (pod.Namespace, pod.Name)));
    }

    public override IReadOnlyList<ResourceType> Watches =>
        [Kinds.Pods, Kinds.Secrets, Kinds.ConfigMaps, Kinds.ServiceAccounts, Kinds.PersistentVolumeClaims];

    private ObjectStore Store => _cluster.Store;

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type != Kinds.Pods)
        {
            LookAt(_blocked.Keys.Where(pod => pod.Namespace == changed.Namespace));
        }
        else if (happened.Type == WatchEventType.Deleted)
        {
            _blocked.TryRemove((changed.Namespace, changed.Name), out _);
            _since.TryRemove(changed.Uid, out _);
        }
        else if (happened.Previous is not { } before || before.Generation != changed.Generation || before.Deleting != changed.Deleting)
        {
            _loop.Enqueue(this, changed.Namespace, changed.Name);
        }
    }

    public override void Reconcile(string ns, string name)
    {
        if (Store.Find(Kinds.Pods, ns, name) is not { } stored)
        {
            _blocked.TryRemove((ns, name), out _);
            return;
        }

        if (stored.Deleting)
        {
            if (IsDue(stored, _timing.GoneAfter, "stop"))
            {
                _since.TryRemove(stored.Uid + "stop", out _);
                Store.DeleteIfThere(Kinds.Pods, ns, name, DeleteOptions.Now with { Uid = stored.Uid });
            }

            return;
        }

        var pod = stored.Read();
        if (!Pods.IsFinished(pod))
        {
            Advance(stored, pod);
        }
    }

    private void Advance(StoredObject stored, JsonObject pod)
    {
        var key = (stored.Namespace, stored.Name);

        // Before the look at what it needs: what comes between the look and the note would never be heard of.
        _blocked[key] = 0;
        if (PodNeeds.Unschedulable(Store, pod) is { } unschedulable)
        {
            Write(stored, PodStatus.Unschedulable(pod, unschedulable, _loop.Now));
            return;
        }

        if (pod.Str("spec", "nodeName") is null or "")
        {
            Store.EditIfThere(Kinds.Pods, stored.Namespace, stored.Name, tree =>
            {
                tree.Need("spec")["nodeName"] = ClusterSetup.NodeName(_cluster.Name);
                return true;
            });
        }

        var waits = PodNeeds.WaitingContainers(Store, pod);
        if (waits.Count > 0 && waits.All(wait => wait.Reason == "CrashLoopBackOff") && pod.Str("spec", "restartPolicy") == "Never")
        {
            Write(stored, PodStatus.Ended(pod, failed: true, _loop.Now));
            return;
        }

        if (waits.Count > 0)
        {
            Write(stored, PodStatus.Waiting(pod, waits, Address(pod), _loop.Now));
            return;
        }

        _blocked.TryRemove(key, out _);
        if (!IsReady(pod) && !IsDue(stored, _timing.ReadyAfter, ""))
        {
            Write(stored, PodStatus.Starting(pod, _loop.Now));
        }
        else if (RunsToCompletion(pod) && IsDue(stored, _timing.ReadyAfter + _jobRun, ""))
        {
            Write(stored, PodStatus.Ended(pod, failed: false, _loop.Now));
        }
        else
        {
            var ready = _cluster.Faults.NeverReady?.Invoke(pod) is not true;
            Write(stored, PodStatus.Running(pod, ready, Address(pod), _loop.Now));
        }
    }

    private void Write(StoredObject stored, JsonObject status) =>
        Store.EditStatus(Kinds.Pods, stored.Namespace, stored.Name, present => PodStatus.Replace(present, status));

    // Whether that long has passed since the pod came to this point; if not, it is looked at again then.
    private bool IsDue(StoredObject pod, TimeSpan after, string point)
    {
        var at = _since.GetOrAdd(pod.Uid + point, _loop.Now) + after;
        if (at <= _loop.Now)
        {
            return true;
        }

        _loop.EnqueueAt(this, pod.Namespace, pod.Name, at);
        return false;
    }

    private string Address(JsonObject pod)
    {
        if (pod.Str("status", "podIP") is { } known)
        {
            return known;
        }

        var number = Interlocked.Increment(ref _addresses);
        return $"10.{128 + (number >> 16 & 63)}.{number >> 8 & 255}.{number & 255}";
    }

    // After a restart addresses go on behind those that are taken.
    private static int NumberOf(string? address) =>
        address?.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray() is [_, var high, var middle, var low]
            ? ((high - 128) << 16) | (middle << 8) | low : 0;

    private static bool IsReady(JsonObject pod) => pod.ConditionIsTrue("Ready");

    private static bool RunsToCompletion(JsonObject pod) => pod.ControllerRef().Str("kind") == "Job" || pod.Str("spec", "restartPolicy") == "Never";

    private void LookAt(IEnumerable<(string Namespace, string Name)> pods)
    {
        foreach (var (ns, name) in pods)
        {
            _loop.Enqueue(this, ns, name);
        }
    }
}
