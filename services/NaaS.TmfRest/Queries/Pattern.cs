using System.Text.RegularExpressions;

namespace NaaS.TmfRest.Queries;

/// <summary>A value of a condition as it was written.</summary>
/// <param name="Raw">The text.</param>
/// <param name="Quoted">Whether it stood in double quotes, where <c>*</c> is a star.</param>
internal sealed record Pattern(string Raw, bool Quoted)
{
    /// <summary>The value to compare with.</summary>
    public Literal Literal { get; } = Literal.Of(Raw);

    /// <summary>Whether <c>*</c> stands for any text.</summary>
    public bool HasWildcards => !Quoted && Raw.Contains('*', StringComparison.Ordinal);

    /// <summary>As a regular expression, where it has wildcards.</summary>
    public string? Wildcards => HasWildcards ? $@"\A{Regex.Escape(Raw).Replace(@"\*", ".*", StringComparison.Ordinal)}\z" : null;

    /// <summary>As SQL LIKE, with <c>!</c> as the escape.</summary>
    public string Like => Raw.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal).Replace('*', '%');

    /// <summary>As SQLite's GLOB, which heeds the letter case.</summary>
    public string Glob => Raw.Replace("[", "[[]", StringComparison.Ordinal).Replace("?", "[?]", StringComparison.Ordinal);
}
