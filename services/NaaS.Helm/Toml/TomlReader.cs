using NaaS.Helm.Go;
using Tomlyn;
using Tomlyn.Model;

namespace NaaS.Helm.Toml;

/// <summary>Reads TOML as BurntSushi/toml gives it to a map: int64, float64, strings, booleans, times, and arrays of tables with a type of their own.</summary>
public static class TomlReader
{
    private const int MaxDepth = 200;
    private const string TableArray = "[]map[string]interface {}";

    /// <summary>The tables of a text, a byte string.</summary>
    /// <exception cref="TomlException">The text is no TOML.</exception>
    public static GoMap Read(string text)
    {
        RequireShallow(text);
        try
        {
            return Table(TomlSerializer.Deserialize<TomlTable>(GoString.ToText(text)) ?? []);
        }
        catch (Tomlyn.TomlException e)
        {
            throw new TomlException("toml: " + e.Message);
        }
    }

    /// <summary>Deep nesting would exhaust the parser's stack; brackets in strings count too, which no honest text minds.</summary>
    private static void RequireShallow(string text)
    {
        var depth = 0;
        foreach (var c in text)
        {
            depth += c switch { '[' or '{' => 1, ']' or '}' => -1, _ => 0 };
            if (depth > MaxDepth)
            {
                throw new TomlException($"toml: nested deeper than {MaxDepth}");
            }
        }
    }

    private static GoMap Table(TomlTable table)
    {
        var map = new GoMap();
        foreach (var (key, value) in table)
        {
            map[GoString.FromText(key)] = Value(value);
        }

        return map;
    }

    private static object? Value(object? value) => value switch
    {
        string text => GoString.FromText(text),
        TomlTable table => Table(table),
        TomlTableArray tables => List(tables.Select(object? (t) => Table(t)), TableArray),
        TomlArray items => List(items.Select(Value), GoList.Any),
        TomlDateTime time => new GoTime(time.DateTime.ToUnixTimeSeconds(), (int)(time.DateTime.UtcTicks % TimeSpan.TicksPerSecond * 100), GoZone.Utc),
        _ => value,
    };

    private static GoList List(IEnumerable<object?> items, string typeName)
    {
        var list = new GoList(typeName);
        list.AddRange(items);
        return list;
    }
}
