using System.Globalization;
using NaaS.Contracts;
using NaaS.Fulfilment.Place;
using NaaS.Helm.Charts;

namespace NaaS.Fulfilment.Translate;

/// <summary>First step of fulfilment: what a service's characteristics ask for, in Helm's and OCM's terms.</summary>
internal static class Translator
{
    /// <summary>
    /// The intent. Characteristics with other names than ours are left alone, empty ones count as not given.
    /// Throws <see cref="IntentException"/> naming the characteristic and what is wrong with it.
    /// </summary>
    public static DeploymentIntent Translate(
        Guid serviceId, string serviceName, IReadOnlyList<ServiceCharacteristic> characteristics, TranslateOptions options)
    {
        var names = options.Names;
        var given = new GivenCharacteristics(characteristics);
        given.MustBe(names.PackageManager, "helm");
        given.MustBe(names.ClusterManager, "ocm");
        var name = given.Text(names.ServiceName) ?? serviceName;
        var ns = given.Text(names.Namespace);
        if (ns is not null && !ReleaseNames.IsLabel(ns))
        {
            throw new IntentException(names.Namespace, $"\"{ns}\" is not a valid namespace name");
        }

        var cluster = ClusterOf(given, names);
        return new()
        {
            ServiceId = serviceId,
            ReleaseName = ReleaseNames.Release(name),
            Namespace = ns ?? ReleaseNames.Namespace(name, serviceId),
            OwnsNamespace = ns is null,
            Chart = cluster is null ? ChartOf(given, options) : new(null, "", null),
            Cluster = cluster,
            Values = ValuesOf(given, options),
            Knobs = Knobs.Of(characteristics, names.KnobPrefix),
            Placement = PlacementOf(given, options),
            Deadline = DeadlineOf(given, options),
            Recreate = given.Flag(names.Recreate),
            UpdatePolicy = given.Choice(names.UpdatePolicy, UpdatePolicy.Manual),
            MaintenanceWindow = WindowOf(given, names),
            PlanDigest = given.Text(names.PlanDigest),
        };
    }

    // A chart's own characteristics may speak of clusters too; only a service without a chart is a cluster.
    private static OrderedCluster? ClusterOf(GivenCharacteristics given, CharacteristicNames names)
    {
        if (given.Text(names.Artifact) is not null || given.Text(names.ClusterName) is not { } name)
        {
            return null;
        }

        return ReleaseNames.IsLabel(name)
            ? new(name, given.Text(names.ClusterSet))
            : throw new IntentException(names.ClusterName, $"\"{name}\" is not a valid cluster name");
    }

    private static ChartReference ChartOf(GivenCharacteristics given, TranslateOptions options)
    {
        var names = options.Names;
        var artifact = given.Text(names.Artifact) ?? throw new IntentException(names.Artifact, "is missing: it names the Helm chart");
        var repository = given.Text(names.Repository) ?? options.Repository;
        var version = given.Text(names.Version);
        if (artifact.Contains("://", StringComparison.Ordinal))
        {
            return new(null, artifact, version);
        }

        if (artifact.Any(char.IsWhiteSpace) || artifact.Split('/').Any(part => part is "" or "." or ".."))
        {
            throw new IntentException(names.Artifact, $"\"{artifact}\" is not a chart name");
        }

        if (repository is null)
        {
            throw new IntentException(names.Repository, $"is missing: \"{artifact}\" is looked up in it");
        }

        // In a registry a path is part of the name; elsewhere it is Helm's alias of a repository, and the repository is given.
        var isRegistry = repository.StartsWith("oci://", StringComparison.OrdinalIgnoreCase);
        return new(repository, isRegistry ? artifact : artifact[(artifact.LastIndexOf('/') + 1)..], version);
    }

    private static string ValuesOf(GivenCharacteristics given, TranslateOptions options) =>
        given.Text(options.Names.Values) is { } value
            ? Read(options.Names.Values, () => ValuesDocument.Checked(EncodedYaml.Decode(value, options.Yaml)))
            : "";

    private static PlacementRules PlacementOf(GivenCharacteristics given, TranslateOptions options) =>
        given.Text(options.Names.Placement) is { } value
            ? Read(options.Names.Placement, () => PlacementDocuments.Read(YamlDocuments.Read(EncodedYaml.Decode(value, options.Yaml))))
            : PlacementRules.Any;

    private static TimeSpan DeadlineOf(GivenCharacteristics given, TranslateOptions options)
    {
        if (given.Text(options.Names.Deadline) is not { } text)
        {
            return options.Deadline;
        }

        var longest = (long)options.LongestDeadline.TotalSeconds;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= 1 && seconds <= longest
            ? TimeSpan.FromSeconds(seconds)
            : throw new IntentException(options.Names.Deadline, $"\"{text}\" is not a number of seconds between 1 and {longest}");
    }

    private static string? WindowOf(GivenCharacteristics given, CharacteristicNames names)
    {
        if (given.Text(names.MaintenanceWindow) is not { } window)
        {
            return null;
        }

        Read(names.MaintenanceWindow, () => MaintenanceWindow.Parse(window));
        return window;
    }

    private static T Read<T>(string field, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new IntentException(field, e.Message);
        }
    }
}
