using NaaS.Contracts;

namespace NaaS.TmfRest.Ports;

/// <summary>
/// Takes what the worker reports of a service. Implemented by the inventory and by ordering, called in that order in one transaction, which the
/// caller saves and commits.
/// </summary>
public interface IReportHandler
{
    /// <summary>Models of the resources that a report may change, in the order in which all who change several of them lock them.</summary>
    IReadOnlyList<Type> Models { get; }

    /// <summary>Ids of the resources that this report changes; the caller has locked them when <see cref="HandleAsync"/> runs.</summary>
    IEnumerable<string> Changed(ServiceReported report);

    /// <summary>Records the report in the feature's own resources.</summary>
    Task HandleAsync(ServiceReported report, CancellationToken cancellationToken);
}
