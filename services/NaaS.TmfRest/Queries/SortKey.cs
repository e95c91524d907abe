namespace NaaS.TmfRest.Queries;

/// <summary>One key of a sort.</summary>
/// <param name="Attribute">The attribute; its first value counts.</param>
/// <param name="Descending">Whether the greatest comes first. Resources without the attribute come last either way.</param>
internal sealed record SortKey(AttributePath Attribute, bool Descending);
