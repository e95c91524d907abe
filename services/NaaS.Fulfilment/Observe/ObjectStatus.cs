using System.Globalization;

namespace NaaS.Fulfilment.Observe;

/// <summary>What a work tells of one of its objects.</summary>
/// <param name="Applied">Whether the agent applied it, at the work's present generation.</param>
/// <param name="Problem">Why it could not be applied, or is missing on the cluster; null otherwise.</param>
/// <param name="Values">Feedback by name. A field that the object does not have is absent.</param>
internal sealed record ObjectStatus(bool Applied, string? Problem, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Nothing known.</summary>
    public static ObjectStatus Unknown { get; } = new(false, null, new Dictionary<string, string>());

    /// <summary>A value as text.</summary>
    public string? Text(string name) => Values.GetValueOrDefault(name);

    /// <summary>A value as number; null where absent.</summary>
    public long? Number(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A count; Kubernetes leaves out fields that are 0.</summary>
    public long Count(string name) => Number(name) ?? 0;
}
