using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Zero touch: an automatic service follows new chart versions inside its range, in its maintenance window.</summary>
internal sealed partial class VersionLook(
    VersionSource versions, RevisionMaker revisions, IOptions<FulfilmentOptions> options, TimeProvider time, ILogger<VersionLook> logger)
{
    /// <summary>
    /// Asks for versions and makes a revision of a newer one. When to ask next is stored first, with jitter, so that services do not ask all at once; a
    /// repository that does not answer is asked again then.
    /// </summary>
    public async Task LookAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (service, design) = (context.Service, context.Situation.Good!.Design!);
        var now = time.GetUtcNow();
        var isDue = service.VersionLook <= now && Opens(design, now) <= now;
        service.VersionLook = isDue || service.VersionLook is null ? Opens(design, now + Jittered()) : Opens(design, now);
        await context.SaveAsync(now + options.Value.Lease, cancellationToken);
        if (!isDue)
        {
            return;
        }

        IReadOnlyList<string> offered;
        try
        {
            offered = await versions(design.Intent.Chart, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnanswered(exception, service.Id, design.Intent.Chart.Name);
            return;
        }

        if (VersionChooser.Newer(offered, design.ChartVersion, BadVersions.Of(service, design.Intent.Chart)) is { } newer)
        {
            LogNewer(service.Id, design.ChartVersion, newer);
            await revisions.UpdateAsync(context, newer, cancellationToken);
        }
    }

    private static DateTimeOffset Opens(Design design, DateTimeOffset from) =>
        design.Intent.MaintenanceWindow is { } window ? MaintenanceWindow.Parse(window).NextOpen(from) : from;

    private TimeSpan Jittered() => options.Value.VersionInterval * (0.75 + (Random.Shared.NextDouble() / 2));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Service {Service}: versions of chart {Chart} could not be listed")]
    private partial void LogUnanswered(Exception exception, Guid service, string chart);

    [LoggerMessage(Level = LogLevel.Information, Message = "Service {Service}: chart version {Newer} follows {Running}")]
    private partial void LogNewer(Guid service, string running, string newer);
}
