using NaaS.Helm.Go;

namespace NaaS.Helm.Toml;

/// <summary>
/// Reads TOML 1.1 as BurntSushi/toml 1.6 gives it to a map: int64, float64, strings, booleans, times, and arrays of tables with a type
/// of their own. Byte strings in and out; errors have its texts.
/// </summary>
public static class TomlReader
{
    /// <summary>The tables of a text.</summary>
    /// <exception cref="TomlException">The text is no TOML.</exception>
    public static GoMap Read(string text) => new TomlParser(text).Document();
}
