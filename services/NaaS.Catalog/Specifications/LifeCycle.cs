using System.Collections.Frozen;
using NaaS.TmfRest.Errors;

namespace NaaS.Catalog.Specifications;

/// <summary>The life cycle of a specification (facts: TMF620's guide, which the catalogue family shares).</summary>
internal static class LifeCycle
{
    public const string InStudy = "In study";
    public const string InDesign = "In design";
    public const string InTest = "In test";
    public const string Active = "Active";
    public const string Launched = "Launched";
    public const string Retired = "Retired";
    public const string Obsolete = "Obsolete";
    public const string Rejected = "Rejected";

    private static readonly FrozenDictionary<string, string[]> Next = new Dictionary<string, string[]>
    {
        [InStudy] = [InDesign],
        [InDesign] = [InTest],
        [InTest] = [Active, Rejected, InDesign],
        [Active] = [Launched, Retired, InDesign],
        [Launched] = [Retired, Active],
        [Retired] = [Obsolete, Launched],
        [Obsolete] = [],
        [Rejected] = [],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Spellings = Next.Keys.ToFrozenDictionary(Plain, StringComparer.OrdinalIgnoreCase);

    /// <summary>The official spelling of a status, which clients may write without blanks and in any letter case.</summary>
    /// <exception cref="InvalidBodyFieldException">There is no such status.</exception>
    public static string Read(string? status) =>
        Spellings.TryGetValue(Plain(status ?? ""), out var official)
            ? official
            : throw new InvalidBodyFieldException($"lifecycleStatus: '{status}' is none of {string.Join(", ", Next.Keys)}");

    /// <summary>Whether it can be ordered.</summary>
    public static bool IsPublished(string status) => status is Active or Launched;

    /// <summary>The status that a change leads to.</summary>
    /// <exception cref="ResourceConflictException">The life cycle has no such step.</exception>
    public static string Move(string from, string? to)
    {
        var official = Read(to);
        return official == from || Next[from].Contains(official)
            ? official
            : throw new ResourceConflictException(
                $"lifecycleStatus: from {from} the next can be {(Next[from].Length == 0 ? "nothing" : string.Join(", ", Next[from]))}, not {official}");
    }

    private static string Plain(string status) => status.Replace(" ", "", StringComparison.Ordinal);
}
