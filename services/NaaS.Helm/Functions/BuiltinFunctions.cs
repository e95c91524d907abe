using System.Buffers;
using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>Functions of text/template itself, without the comparisons.</summary>
internal static class BuiltinFunctions
{
    private static readonly SearchValues<char> HtmlSpecial = SearchValues.Create("'\"&<>\0");

    public static void Register(FunctionBuilder table)
    {
        // and, or and call are evaluated in Evaluator.Call; these bodies stand for their signatures.
        table.AddVariadic("and", [Reflect, Reflect], (_, args) => args[0]);
        table.AddVariadic("or", [Reflect, Reflect], (_, args) => args[0]);
        table.AddVariadic("call", [Reflect, Reflect], (_, args) => args[0]);
        table.Add("not", [Reflect], (_, args) => !GoTypes.IsTrue(args[0]));
        table.Functions["len"] = new GoFunction("len", [Reflect], false, (_, args) => (nint)Length(args[0])) { NeedsValue = true };
        table.AddVariadic("index", [Reflect, Reflect], (_, args) => Index(args));
        table.AddVariadic("print", [Any], (_, args) => GoFormat.Sprint(args));
        table.AddVariadic("println", [Any], (_, args) => GoFormat.Sprintln(args));
        table.AddVariadic("printf", [GoType.String, Any], (_, args) => GoFormat.Sprintf((string)args[0]!, args.AsSpan(1)));
        table.AddVariadic("html", [Any], (_, args) => Html(GoFormat.Sprint(Printable(args))));
        table.AddVariadic("js", [Any], (_, args) => JavaScript(GoFormat.Sprint(Printable(args))));
        table.AddVariadic("urlquery", [Any], (_, args) => UrlFunctions.QueryEscape(GoFormat.Sprint(Printable(args))));
    }

    private static object?[] Printable(object?[] args) => Array.ConvertAll(args, arg => arg ?? "<no value>");

    private static int Length(object? value) => value switch
    {
        null => throw new FunctionException("len of nil pointer"),
        string text => text.Length,
        GoMap map => map.Count,
        GoList list => list.Count,
        GoBytes bytes => bytes.Content.Length,
        GoObject { Length: >= 0 } other => other.Length,
        _ => throw new FunctionException($"len of type {GoTypes.TypeName(value)}"),
    };

    private static object? Index(object?[] args)
    {
        object? item = args[0] ?? throw new FunctionException("index of untyped nil");
        foreach (object? index in args.AsSpan(1))
        {
            item = item switch
            {
                null => throw new FunctionException("index of nil pointer"),
                GoList list => list[Position(index, list.Count)],
                string text => (byte)text[Position(index, text.Length, "string")],
                GoBytes bytes => (byte)bytes.Content[Position(index, bytes.Content.Length)],
                GoMap map => map.TryGetValue(Key(index), out object? value) ? value : map.TypeName == GoMap.OfStrings ? "" : null,
                EngineObject { Kind: "map" } other => other.TryIndex(Key(index), out object? value) ? value : null,
                EngineObject { Kind: "slice" } other => other.TryIndex((nint)Position(index, other.Length), out object? value) ? value : null,
                _ => throw new FunctionException($"can't index item of type {GoTypes.TypeName(item).TrimStart('*')}"),
            };
        }
        return item;
    }

    private static int Position(object? index, int length, string kind = "slice")
    {
        if (index is null)
        {
            throw new FunctionException("cannot index slice/array with nil");
        }
        if (!GoTypes.TryInt(index, out long at))
        {
            at = GoTypes.TryUint(index, out ulong unsigned)
                ? (long)unsigned
                : throw new FunctionException($"cannot index slice/array with type {GoTypes.TypeName(index)}");
        }
        if (at < 0 || at > length)
        {
            throw new FunctionException($"index out of range: {at}");
        }
        return at < length ? (int)at : throw new FunctionException($"reflect: {kind} index out of range");
    }

    private static string Key(object? index) => index switch
    {
        string key => key,
        null => throw new FunctionException("value is nil; should be of type string"),
        _ => throw new FunctionException($"value has type {GoTypes.TypeName(index)}; should be string"),
    };

    private static string Html(string text)
    {
        if (!text.AsSpan().ContainsAny(HtmlSpecial))
        {
            return text;
        }
        var to = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\0' => to.Append("\u00ef\u00bf\u00bd"),
                '"' => to.Append("&#34;"),
                '\'' => to.Append("&#39;"),
                '&' => to.Append("&amp;"),
                '<' => to.Append("&lt;"),
                '>' => to.Append("&gt;"),
                _ => to.Append(c),
            };
        }
        return to.ToString();
    }

    private static string JavaScript(string text)
    {
        var to = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length;)
        {
            int rune = Utf8.Decode(text, i, out int width);
            _ = rune switch
            {
                '\\' => to.Append("\\\\"),
                '\'' => to.Append("\\'"),
                '"' => to.Append("\\\""),
                '<' or '>' or '&' or '=' or < ' ' => to.Append("\\u").Append(rune.ToString("X4")),
                >= 0x80 when !GoUnicode.IsPrint(rune) => to.Append("\\u").Append(rune.ToString("X4")),
                _ => to.Append(text, i, width),
            };
            i += width;
        }
        return to.ToString();
    }
}
