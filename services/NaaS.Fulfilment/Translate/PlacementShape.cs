using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Translate;

/// <summary>The fields of a Placement's spec and their types, so that a mistake is named here and not dropped or refused by a hub later.</summary>
internal abstract record PlacementShape
{
    private static readonly PlacementShape Text = new Scalar("text (quote it)", JsonValueKind.String);
    private static readonly PlacementShape Whole = new Scalar("a number", JsonValueKind.Number);

    private static readonly PlacementShape Expressions = new List(new Fields(new() { ["key"] = Text, ["operator"] = Text, ["values"] = new List(Text) }));

    private static readonly PlacementShape Selector = new Fields(new()
    {
        ["labelSelector"] = new Fields(new() { ["matchLabels"] = new Map(Text), ["matchExpressions"] = Expressions }),
        ["claimSelector"] = new Fields(new() { ["matchExpressions"] = Expressions }),
        ["celSelector"] = new Fields(new() { ["celExpressions"] = new List(Text) }),
    });

    /// <summary>A Placement's spec (cluster.open-cluster-management.io/v1beta1).</summary>
    public static PlacementShape Spec { get; } = new Fields(new()
    {
        ["numberOfClusters"] = Whole,
        ["clusterSets"] = new List(Text),
        ["predicates"] = new List(new Fields(new() { ["requiredClusterSelector"] = Selector })),
        ["tolerations"] = new List(new Fields(new()
        {
            ["key"] = Text,
            ["operator"] = Text,
            ["value"] = Text,
            ["effect"] = Text,
            ["tolerationSeconds"] = Whole,
        })),
        ["prioritizerPolicy"] = new Anything(),
        ["spreadPolicy"] = new Anything(),
        ["decisionStrategy"] = new Anything(),
        ["sortBy"] = Text,
        ["scoreRateLimit"] = Text,
    });

    /// <summary>What is wrong with a node, naming the field; null where it has this shape. Nulls count as absent.</summary>
    public abstract string? Problem(JsonNode? node, string path);

    private sealed record Anything : PlacementShape
    {
        public override string? Problem(JsonNode? node, string path) => null;
    }

    private sealed record Scalar(string Wanted, JsonValueKind Kind) : PlacementShape
    {
        public override string? Problem(JsonNode? node, string path) => node is null || node.GetValueKind() == Kind ? null : $"{path} must be {Wanted}";
    }

    private sealed record List(PlacementShape Item) : PlacementShape
    {
        public override string? Problem(JsonNode? node, string path) => node switch
        {
            null => null,
            JsonArray items => items.Select((item, index) => Item.Problem(item, $"{path}[{index}]")).FirstOrDefault(problem => problem is not null),
            _ => $"{path} must be a list",
        };
    }

    private sealed record Map(PlacementShape Value) : PlacementShape
    {
        public override string? Problem(JsonNode? node, string path) => node switch
        {
            null => null,
            JsonObject map => map.Select(entry => Value.Problem(entry.Value, $"{path}.{entry.Key}")).FirstOrDefault(problem => problem is not null),
            _ => $"{path} must be a mapping",
        };
    }

    private sealed record Fields(Dictionary<string, PlacementShape> Known) : PlacementShape
    {
        public override string? Problem(JsonNode? node, string path) => node switch
        {
            null => null,
            JsonObject map => map.Select(entry => Known.TryGetValue(entry.Key, out var shape)
                ? shape.Problem(entry.Value, $"{path}.{entry.Key}")
                : $"{path}.{entry.Key} is not a field of a Placement").FirstOrDefault(problem => problem is not null),
            _ => $"{path} must be a mapping",
        };
    }
}
