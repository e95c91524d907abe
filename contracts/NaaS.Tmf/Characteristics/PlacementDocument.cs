using System.Text.Json.Nodes;

namespace NaaS.Tmf.Characteristics;

/// <summary>Placement rules: YAML, plain or base64, a <c>P2CodeSchedulingManifest</c> or one or more OCM <c>Placement</c>s.</summary>
internal static class PlacementDocument
{
    private const string TargetSet = "p2code.target.managedClusterSet";
    private const string TargetCluster = "p2code.target.cluster";
    private const string Filter = "p2code.filter";

    public static string? Complaint(string text)
    {
        if (Base64.Document(text) is not { } yaml)
        {
            return "is neither YAML nor base64";
        }

        try
        {
            return YamlText.Read(yaml).Where(document => document is not null).Select(OfDocument).FirstOrDefault(reason => reason is not null);
        }
        catch (YamlTextException e)
        {
            return e.Message;
        }
    }

    private static string? OfDocument(JsonNode? document)
    {
        if (document is not JsonObject resource)
        {
            return "is not a YAML mapping";
        }

        return ValueText.Of(resource["kind"]) switch
        {
            "P2CodeSchedulingManifest" => OfManifest(resource["spec"] as JsonObject ?? []),
            "Placement" => null,
            "" => "has no kind: expected P2CodeSchedulingManifest or Placement",
            var kind => $"{kind} is neither a P2CodeSchedulingManifest nor a Placement",
        };
    }

    private static string? OfManifest(JsonObject spec) =>
        Texts(spec["globalAnnotations"]).Select(text => OfAnnotation(text, isGlobal: true))
            .Concat(WorkloadAnnotations(spec["workloadAnnotations"]).Select(text => OfAnnotation(text, isGlobal: false)))
            .FirstOrDefault(reason => reason is not null);

    // The CRD has a list of {name, annotations}, its documentation a mapping: both are read.
    private static IEnumerable<string> WorkloadAnnotations(JsonNode? node) => node switch
    {
        JsonArray list => list.OfType<JsonObject>().SelectMany(workload => Texts(workload["annotations"])),
        JsonObject byName => byName.SelectMany(workload => Texts(workload.Value)),
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonNode? node) => (node as JsonArray ?? []).Select(ValueText.Of);

    private static string? OfAnnotation(string text, bool isGlobal)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            return $"the annotation '{text}' is not of the form key=value";
        }

        var key = text[..equals];
        if (key.StartsWith(Filter, StringComparison.Ordinal))
        {
            return null;
        }

        if (key is not (TargetSet or TargetCluster))
        {
            return $"the annotation '{key}' is not supported";
        }

        return isGlobal ? null : $"the annotation '{key}' is only allowed for all workloads together";
    }
}
