using Microsoft.Extensions.Options;
using NaaS.Helm;
using NaaS.Helm.Charts;
using NaaS.Helm.Sources;
using NaaS.Tmf.Catalog;
using NaaS.Tmf.Characteristics;

namespace NaaS.Catalog.Publishing;

/// <summary>Looks at the chart of a specification that is published, so that the catalogue manager finds a mistake and not the customer.</summary>
internal sealed class ChartCheck(IOptions<ChartCheckOptions> options, IOptions<CharacteristicOptions> characteristics, TimeProvider time) : IDisposable
{
    private readonly ChartFetcher fetcher = new(options.Value.Sources, time);
    private readonly DeployableNames names = characteristics.Value.Names;

    public void Dispose() => fetcher.Dispose();

    /// <summary>All that is wrong with the specification's chart and knobs; the chart is fetched, which may take a while.</summary>
    public async Task<IReadOnlyList<string>> ComplaintsAsync(ServiceSpecification specification, CancellationToken cancellationToken)
    {
        var all = specification.SpecCharacteristic ?? [];
        var knobs = all.Where(one => one.Name!.StartsWith(names.KnobPrefix, StringComparison.Ordinal)).ToList();
        List<string> complaints =
            [.. knobs.Select(knob => (knob.Name, Reason: KnobPath.Complaint(knob.Name![names.KnobPrefix.Length..]))).Where(knob => knob.Reason is not null).Select(knob => $"specCharacteristic[{knob.Name}]: {knob.Reason}")];
        var chart = Default(all, names.Chart);
        var repository = Default(all, names.Repository) is { Length: > 0 } given ? given : options.Value.Repository;

        // A bare name without a repository is for the order to complete.
        if (options.Value.CheckCharts != true || chart.Length == 0 || (string.IsNullOrEmpty(repository) && !chart.Contains("://", StringComparison.Ordinal)))
        {
            return complaints;
        }

        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(options.Value.ChartTimeout);
            var fetched = await fetcher.FetchAsync(new ChartReference(repository, chart, Default(all, names.Version)), patience.Token);
            var values = KnownValues.Of(fetched.Chart);
            complaints.AddRange(knobs.Where(knob => KnobPath.Complaint(knob.Name![names.KnobPrefix.Length..]) is null).Select(knob => values.Complaint(knob, names.KnobPrefix)).OfType<string>());
        }
        catch (HelmException exception)
        {
            complaints.Add($"specCharacteristic[{names.Chart}]: {exception.Message.ReplaceLineEndings(" ")}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            complaints.Add($"specCharacteristic[{names.Chart}]: chart {chart} could not be fetched within {options.Value.ChartTimeout.TotalSeconds:0} seconds");
        }

        return complaints;
    }

    private static string Default(IEnumerable<CharacteristicSpecification> characteristics, string name)
    {
        var values = characteristics.FirstOrDefault(one => one.Name == name)?.CharacteristicValueSpecification ?? [];
        var chosen = values.Find(value => value.IsDefault == true) ?? (values.Count == 1 ? values[0] : null);
        return ValueText.Of(ValueText.Unwrap(chosen?.Value));
    }
}
