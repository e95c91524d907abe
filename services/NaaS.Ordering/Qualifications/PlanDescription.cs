using System.Text.Json;
using NaaS.Contracts;
using NaaS.Tmf.Qualification;

namespace NaaS.Ordering.Qualifications;

/// <summary>The worker's plan as clients read it.</summary>
internal static class PlanDescription
{
    public static ServicePlanDescription Of(ServicePlan plan) => new()
    {
        Outcome = Name(plan.Outcome),
        ChartVersion = plan.ChartVersion,
        ChartDigest = plan.ChartDigest,
        Digest = plan.Digest,
        Component = [.. plan.Components.Select(component => new PlannedComponentDescription
        {
            Workload = $"{component.Kind}/{component.Name}",
            Namespace = component.Namespace,
            Cluster = component.Cluster,
            Before = component.Before,
            Reason = component.Why,
        })],
        Object = [.. plan.Objects.Select(o => new PlannedObjectDescription
        {
            Action = Name(o.Action),
            Cluster = o.Cluster,
            Kind = o.Kind,
            Namespace = o.Namespace.Length == 0 ? null : o.Namespace,
            Name = o.Name,
            Field = o.Fields.Count == 0 ? null : [.. o.Fields.Select(field => new PlannedFieldDescription { Path = field.Path, Before = field.Before, After = field.After })],
        })],
    };

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
