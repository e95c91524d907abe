using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Store;

/// <summary>A field selector such as <c>metadata.name=x,status.phase!=Running</c>. Fields that are absent read as empty.</summary>
internal sealed class FieldSelector
{
    /// <summary>Matches everything.</summary>
    public static readonly FieldSelector Everything = new([]);

    private readonly IReadOnlyList<(string Path, bool Equal, string Value)> _terms;

    private FieldSelector(IReadOnlyList<(string Path, bool Equal, string Value)> terms) => _terms = terms;

    /// <summary>Whether it matches whatever there is.</summary>
    public bool MatchesAll => _terms.Count == 0;

    /// <summary>Parses the notation of queries; a field that the kind cannot be selected by is a 400.</summary>
    public static FieldSelector Parse(string? text, ResourceType type)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Everything;
        }
        return new FieldSelector([.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => ParseOne(t, type))]);
    }

    public bool Matches(StoredObject item)
    {
        JsonObject? json = null;
        foreach (var (path, equal, value) in _terms)
        {
            var found = path switch
            {
                "metadata.name" => item.Name,
                "metadata.namespace" => item.Namespace,
                _ => Text((json ??= item.Read()).At(path.Split('.'))),
            };
            if ((found == value) != equal)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The name that a selector of exactly one object asks for, or null.</summary>
    public string? Name => _terms.Where(t => t.Path == "metadata.name" && t.Equal).Select(t => t.Value).FirstOrDefault();

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => node.ToJsonString(),
    };

    private static (string Path, bool Equal, string Value) ParseOne(string term, ResourceType type)
    {
        foreach (var sign in (ReadOnlySpan<string>)["!=", "==", "="])
        {
            var at = term.IndexOf(sign, StringComparison.Ordinal);
            if (at > 0)
            {
                var path = term[..at].Trim();
                return Selectable(type, path)
                    ? (path, sign != "!=", term[(at + sign.Length)..].Trim())
                    : throw ApiErrors.BadRequest($"field label not supported: {path}");
            }
        }
        throw ApiErrors.BadRequest($"invalid selector: '{term}'; can't understand '{term}'");
    }

    private static bool Selectable(ResourceType type, string path) =>
        path is "metadata.name" or "metadata.namespace" || type.GroupResource switch
        {
            "pods" => path is "spec.nodeName" or "spec.restartPolicy" or "spec.schedulerName" or "spec.serviceAccountName" or "spec.hostNetwork"
                or "status.phase" or "status.podIP" or "status.nominatedNodeName",
            "events" => path.StartsWith("involvedObject.", StringComparison.Ordinal)
                || path is "reason" or "reportingComponent" or "source" or "type",
            "secrets" => path == "type",
            "namespaces" => path == "status.phase",
            "nodes" => path == "spec.unschedulable",
            "services" => path is "spec.clusterIP" or "spec.type",
            "replicasets.apps" or "replicationcontrollers" => path == "status.replicas",
            "jobs.batch" => path == "status.successful",
            "certificatesigningrequests.certificates.k8s.io" => path == "spec.signerName",
            _ => false,
        };
}
