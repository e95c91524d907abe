using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>The PlacementDecisions of one Placement.</summary>
internal sealed class Decisions
{
    public const string PlacementLabel = "cluster.open-cluster-management.io/placement";

    private const string IndexLabel = "cluster.open-cluster-management.io/decision-group-index";
    private const string NameLabel = "cluster.open-cluster-management.io/decision-group-name";
    private const int MostPerDecision = 100;

    private readonly ObjectStore _hub;
    private readonly StoredObject _placement;
    private readonly Dictionary<string, JsonObject> _existing;

    /// <param name="hub">The hub's objects.</param>
    /// <param name="placement">The Placement.</param>
    /// <param name="names">Names of its decisions.</param>
    public Decisions(ObjectStore hub, StoredObject placement, IEnumerable<string> names)
    {
        _hub = hub;
        _placement = placement;
        _existing = names.Select(name => hub.Find(Kinds.PlacementDecisions, placement.Namespace, name)).OfType<StoredObject>()
            .ToDictionary(decision => decision.Name, decision => decision.Read());
        Clusters = _existing.Values.SelectMany(decision => decision.Items("status", "decisions"))
            .Select(entry => entry.Str("clusterName") ?? "").ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Names of the decision objects.</summary>
    public IEnumerable<string> Names => _existing.Keys;

    /// <summary>Clusters decided now.</summary>
    public IReadOnlySet<string> Clusters { get; }

    /// <summary>Writes the groups, at most 100 clusters to an object, deletes what is left over and gives <c>status.decisionGroups</c>.</summary>
    public JsonArray Write(IReadOnlyList<DecisionGroup> groups)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        var described = new JsonArray();
        foreach (var (index, group) in groups.Index())
        {
            var names = new JsonArray();
            foreach (var clusters in group.Clusters.Count == 0 ? [[]] : group.Clusters.Chunk(MostPerDecision))
            {
                var name = $"{_placement.Name}-decision-{written.Count + 1}";
                written.Add(name);
                names.Add((JsonNode)name);
                Write(name, index, group.Name, clusters);
            }

            described.Add((JsonNode)new JsonObject
            {
                ["decisionGroupIndex"] = index,
                ["decisionGroupName"] = group.Name,
                ["decisions"] = names,
                ["clusterCount"] = group.Clusters.Count,
            });
        }

        foreach (var surplus in _existing.Keys.Except(written))
        {
            _hub.DeleteIfThere(Kinds.PlacementDecisions, _placement.Namespace, surplus);
        }

        return described;
    }

    private void Write(string name, int index, string group, string[] clusters)
    {
        var labels = new JsonObject
        {
            [PlacementLabel] = _placement.Name,
            [IndexLabel] = index.ToString(CultureInfo.InvariantCulture),
            [NameLabel] = group,
        };
        var owners = new JsonArray(_placement.AsController());
        var existing = _existing.GetValueOrDefault(name);
        if (existing is null)
        {
            var decision = Kinds.PlacementDecisions.New(_placement.Namespace, name);
            decision.Need("metadata")["labels"] = labels;
            decision.Need("metadata")["ownerReferences"] = owners;
            _hub.Create(Kinds.PlacementDecisions, decision);
        }
        else if (!Json.Same(existing.At("metadata", "labels"), labels) || !Json.Same(existing.At("metadata", "ownerReferences"), owners))
        {
            _hub.EditIfThere(Kinds.PlacementDecisions, _placement.Namespace, name, tree =>
            {
                tree.Need("metadata")["labels"] = labels.DeepClone();
                tree.Need("metadata")["ownerReferences"] = owners.DeepClone();
                return true;
            });
        }

        var now = existing.Items("status", "decisions").Select(entry => entry.Str("clusterName"));
        if (!now.SequenceEqual(clusters))
        {
            _hub.EditStatus(Kinds.PlacementDecisions, _placement.Namespace, name, status => status["decisions"] =
                new JsonArray([.. clusters.Select(cluster => new JsonObject { ["clusterName"] = cluster, ["reason"] = "" })]));
        }
    }
}
