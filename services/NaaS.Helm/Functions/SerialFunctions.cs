using NaaS.Helm.Go;
using NaaS.Helm.Json;
using NaaS.Helm.Templates;
using NaaS.Helm.Toml;
using NaaS.Helm.Yaml;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>YAML, JSON and TOML in templates; the plain forms swallow errors, the must forms fail.</summary>
internal static class SerialFunctions
{
    public static void Register(FunctionBuilder table)
    {
        table.Add("toYaml", [Any], (evaluator, args) => SizeGuard.Check(evaluator, args[0]) ? Try(() => ToYaml(args[0])) : "");
        table.Add("mustToYaml", [Any], (evaluator, args) => SizeGuard.Check(evaluator, args[0]) ? Must(() => ToYaml(args[0])) : "");
        table.Add("toYamlPretty", [Any], (evaluator, args) => SizeGuard.Check(evaluator, args[0]) ? Try(() => Trimmed(YamlWriter.WritePretty(args[0]))) : "");
        table.Add("fromYaml", [GoType.String], (_, args) => OrError(() => YamlReader.ReadMap((string)args[0]!)));
        table.Add("fromYamlArray", [GoType.String], (_, args) => OrErrorList(() => YamlReader.ReadList((string)args[0]!)));
        table.Add("fromJson", [GoType.String], (_, args) => OrError(() => ReadJsonMap((string)args[0]!)));
        table.Add("fromJsonArray", [GoType.String], (_, args) => OrErrorList(() => JsonReader.ReadList((string)args[0]!)));
        table.Add("mustFromJson", [GoType.String], (_, args) => Must(() => JsonReader.Read((string)args[0]!)));
        table.Add("toToml", [Any], (evaluator, args) => args[0] is null
            ? throw new FunctionException("reflect: call of reflect.Value.Type on zero Value")
            : SizeGuard.Check(evaluator, args[0]) ? OrMessage(() => TomlWriter.Write(args[0])) : "");
        table.Add("fromToml", [GoType.String], (_, args) => OrError(() => TomlReader.Read((string)args[0]!)));
        table.Add("toJson", [Any], (evaluator, args) => SizeGuard.Check(evaluator, args[0]) ? Try(() => JsonWriter.Write(args[0])) : "");
        table.Add("mustToJson", [Any], (evaluator, args) => SizeGuard.Check(evaluator, args[0]) ? Must(() => JsonWriter.Write(args[0])) : "");
        table.Add("toPrettyJson", [Any], (evaluator, args) => SizeGuard.Check(evaluator, args[0]) ? Try(() => JsonWriter.Write(args[0], indent: 2)) : "");
        table.Add("mustToPrettyJson", [Any], (evaluator, args) => SizeGuard.Check(evaluator, args[0]) ? Must(() => JsonWriter.Write(args[0], indent: 2)) : "");
        table.Add("toRawJson", [Any], (evaluator, args) => SizeGuard.Check(evaluator, args[0]) ? Must(() => JsonWriter.Write(args[0], escapeHtml: false)) : "");
        table.Add("mustToRawJson", [Any], (evaluator, args) => SizeGuard.Check(evaluator, args[0]) ? Must(() => JsonWriter.Write(args[0], escapeHtml: false)) : "");
    }

    /// <summary>Helm's toYaml: no final newline.</summary>
    public static string ToYaml(object? value) => Trimmed(YamlWriter.Write(value));

    // encoding/json makes the map nil where the text is null.
    private static GoMap ReadJsonMap(string text) => text.AsSpan().Trim() is "null" ? new GoMap { IsNil = true } : JsonReader.ReadMap(text);

    private static string Trimmed(string text) => text.EndsWith('\n') ? text[..^1] : text;

    private static string Try(Func<string> write)
    {
        try
        {
            return write();
        }
        catch (Exception error) when (error is YamlException or JsonException or TomlException)
        {
            // Helm answers with an empty text.
            return "";
        }
    }

    private static T Must<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is YamlException or JsonException or TomlException)
        {
            throw new FunctionException(error.Message);
        }
    }

    private static string OrMessage(Func<string> write)
    {
        try
        {
            return write();
        }
        catch (TomlException error)
        {
            return GoString.FromText(error.Message);
        }
    }

    private static GoMap OrError(Func<GoMap> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is YamlException or JsonException or TomlException)
        {
            return new GoMap { ["Error"] = GoString.FromText(error.Message) };
        }
    }

    private static GoList OrErrorList(Func<GoList> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is YamlException or JsonException or TomlException)
        {
            return [GoString.FromText(error.Message)];
        }
    }
}
