using NaaS.Contracts;

namespace NaaS.TmfRest.Ports;

/// <summary>
/// Takes what the worker reports of a service. Implemented by the inventory and by ordering, called in that order in one transaction, which the
/// caller saves and commits.
/// </summary>
public interface IReportHandler
{
    /// <summary>Records the report in the feature's own resources.</summary>
    Task HandleAsync(ServiceReported report, CancellationToken cancellationToken);
}
