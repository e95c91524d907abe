using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using NaaS.Helm.Charts;
using NaaS.Helm.Go;
using NaaS.Helm.Values;

namespace NaaS.Helm.Releases;

/// <summary>A release as Helm 4 keeps it on a cluster: a Secret of type <c>helm.sh/release.v1</c>, JSON in gzip in base64.</summary>
public sealed record StoredRelease
{
    /// <summary>Release name.</summary>
    public required string Name { get; init; }

    /// <summary>Release namespace, where the Secret lies.</summary>
    public required string Namespace { get; init; }

    /// <summary>Revision, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>When its first revision was deployed.</summary>
    public required DateTimeOffset FirstDeployed { get; init; }

    /// <summary>When this one was.</summary>
    public required DateTimeOffset LastDeployed { get; init; }

    /// <summary>Whether a later revision took its place.</summary>
    public bool IsSuperseded { get; init; }

    /// <summary>The chart's metadata, from <see cref="MetadataOf"/>. Templates and files are left out.</summary>
    public required JsonObject Chart { get; init; }

    /// <summary>Values as given, from <see cref="ValuesOf"/>.</summary>
    public required JsonObject Values { get; init; }

    /// <summary>YAML of the objects.</summary>
    public required string Manifest { get; init; }

    /// <summary>NOTES.txt.</summary>
    public string? Notes { get; init; }

    /// <summary>A chart's metadata as Helm stores it.</summary>
    public static JsonObject MetadataOf(Chart chart)
    {
        var metadata = new JsonObject
        {
            ["name"] = chart.Name,
            ["version"] = chart.Version,
            ["apiVersion"] = GoString.ToText(chart.Metadata.ApiVersion),
        };
        Add("description", chart.Description);
        Add("appVersion", chart.AppVersion);
        Add("type", GoString.ToText(chart.Metadata.Type));
        return metadata;

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                metadata[name] = value;
            }
        }
    }

    /// <summary>The values that a request gives, documents and single values laid over each other; the chart's own have no part in it.</summary>
    /// <exception cref="HelmException">They cannot be read.</exception>
    public static JsonObject ValuesOf(ReleaseRequest request) => Rendering.JsonObjects.Of(ChartValues.UserValues(request));

    /// <summary>The Secret. Equal releases give equal bytes.</summary>
    public JsonObject ToSecret() => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject
        {
            ["name"] = string.Create(CultureInfo.InvariantCulture, $"sh.helm.release.v1.{Name}.v{Revision}"),
            ["namespace"] = Namespace,
            ["labels"] = new JsonObject
            {
                ["name"] = Name,
                ["owner"] = "helm",
                ["status"] = Status,
                ["version"] = Revision.ToString(CultureInfo.InvariantCulture),
                ["modifiedAt"] = LastDeployed.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            },
        },
        ["type"] = "helm.sh/release.v1",
        ["data"] = new JsonObject { ["release"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(Zipped()))) },
    };

    private string Status => IsSuperseded ? "superseded" : "deployed";

    private byte[] Zipped()
    {
        using var buffer = new MemoryStream();
        using (var zip = new GZipStream(buffer, CompressionLevel.SmallestSize))
        {
            zip.Write(Encoding.UTF8.GetBytes(ToJson().ToJsonString()));
        }

        return buffer.ToArray();
    }

    private JsonObject ToJson()
    {
        var info = new JsonObject
        {
            ["first_deployed"] = Instant(FirstDeployed),
            ["last_deployed"] = Instant(LastDeployed),
            ["description"] = "Deployed by NaaS",
            ["status"] = Status,
        };
        if (Notes is not null)
        {
            info["notes"] = Notes;
        }

        return new()
        {
            ["name"] = Name,
            ["info"] = info,
            ["chart"] = new JsonObject { ["metadata"] = Chart.DeepClone(), ["lock"] = null, ["templates"] = new JsonArray(), ["values"] = new JsonObject() },
            ["config"] = Values.DeepClone(),
            ["manifest"] = Manifest,
            ["version"] = Revision,
            ["namespace"] = Namespace,
            ["apply_method"] = "ssa",
        };
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
