namespace NaaS.Helm.Charts;

/// <summary>A parsed chart. Immutable: one instance may be rendered by many threads at once.</summary>
public sealed class Chart
{
}
