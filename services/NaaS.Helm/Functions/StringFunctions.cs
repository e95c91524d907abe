using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>sprig's string functions. Positions and lengths are bytes, as in Go.</summary>
internal static class StringFunctions
{
    public static void Register(FunctionBuilder table)
    {
        table.Add("hello", [], (_, _) => "Hello!");
        table.Add("abbrev", [Int, GoType.String], (_, args) => Abbreviate(Number(args[0]), Text(args[1])));
        table.Add("abbrevboth", [Int, Int, GoType.String], (_, args) => AbbreviateBoth(Number(args[0]), Number(args[1]), Text(args[2])));
        table.Add("trunc", [Int, GoType.String], (_, args) => Truncate(Number(args[0]), Text(args[1])));
        table.Add("substr", [Int, Int, GoType.String], (_, args) => Substring((nint)args[0]!, (nint)args[1]!, Text(args[2])));
        table.Add("trim", [GoType.String], (_, args) => GoUnicode.TrimSpace(Text(args[0])));
        table.Add(["trimAll", "trimall"], [GoType.String, GoType.String], (_, args) => TrimRunes(Text(args[1]), Text(args[0])));
        table.Add("trimSuffix", [GoType.String, GoType.String], (_, args) =>
            Text(args[1]).EndsWith(Text(args[0]), StringComparison.Ordinal) ? Text(args[1])[..^Text(args[0]).Length] : args[1]);
        table.Add("trimPrefix", [GoType.String, GoType.String], (_, args) =>
            Text(args[1]).StartsWith(Text(args[0]), StringComparison.Ordinal) ? Text(args[1])[Text(args[0]).Length..] : args[1]);
        table.Add("nospace", [GoType.String], (_, args) => WithoutSpace(Text(args[0])));
        table.Add("initials", [GoType.String], (_, args) => Initials(Text(args[0])));
        table.Add("repeat", [Int, GoType.String], (evaluator, args) => Repeat(evaluator, Number(args[0]), Text(args[1])));
        table.Add("contains", [GoType.String, GoType.String], (_, args) => Text(args[1]).Contains(Text(args[0]), StringComparison.Ordinal));
        table.Add("hasPrefix", [GoType.String, GoType.String], (_, args) => Text(args[1]).StartsWith(Text(args[0]), StringComparison.Ordinal));
        table.Add("hasSuffix", [GoType.String, GoType.String], (_, args) => Text(args[1]).EndsWith(Text(args[0]), StringComparison.Ordinal));
        table.AddVariadic("quote", [Any], (_, args) => JoinPresent(args, value => GoQuote.Quote(ToText(value))));
        table.AddVariadic("squote", [Any], (_, args) => JoinPresent(args, value => $"'{GoFormat.Value(value)}'"));
        table.AddVariadic("cat", [Any], (_, args) => JoinPresent(args, GoFormat.Value));
        table.Add("indent", [Int, GoType.String], (evaluator, args) => Indent(evaluator, "", Number(args[0]), Text(args[1])));
        table.Add("nindent", [Int, GoType.String], (evaluator, args) => Indent(evaluator, "\n", Number(args[0]), Text(args[1])));
        table.Add("replace", [GoType.String, GoType.String, GoType.String], (evaluator, args) => Replace(evaluator, Text(args[0]), Text(args[1]), Text(args[2])));
        table.Add("plural", [GoType.String, GoType.String, Int], (_, args) => Number(args[2]) == 1 ? args[0] : args[1]);
        table.Add("wrap", [Int, GoType.String], (evaluator, args) => Wrap(evaluator, Text(args[1]), Number(args[0]), "", false));
        table.Add("wrapWith", [Int, GoType.String, GoType.String], (evaluator, args) => Wrap(evaluator, Text(args[2]), Number(args[0]), Text(args[1]), true));
        table.Add("toString", [Any], (_, args) => ToText(args[0]));
    }

    public static string Text(object? value) => (string)value!;

    public static int Number(object? value) => (int)Math.Clamp((long)(nint)value!, int.MinValue, int.MaxValue);

    /// <summary>sprig's strval.</summary>
    public static string ToText(object? value) => value switch
    {
        string text => text,
        GoBytes bytes => bytes.Content,
        GoObject { Text: { } text } => text,
        _ => GoFormat.Value(value),
    };

    private static string JoinPresent(object?[] args, Func<object, string> text)
    {
        if (args.Length == 1)
        {
            return args[0] is { } only ? text(only) : "";
        }
        return string.Join(' ', args.Where(arg => arg is not null).Select(arg => text(arg!)));
    }

    private static string Truncate(int length, string text)
    {
        if (length < 0 && text.Length + length > 0)
        {
            return text[(text.Length + length)..];
        }
        return length >= 0 && text.Length > length ? text[..length] : text;
    }

    private static string Substring(long start, long end, string text)
    {
        if (start < 0)
        {
            return Slice(text, 0, end);
        }
        return end < 0 || end > text.Length ? Slice(text, start, text.Length) : Slice(text, start, end);
    }

    private static string Slice(string text, long start, long end)
    {
        if (end < 0 || end > text.Length)
        {
            throw new FunctionException($"runtime error: slice bounds out of range [:{end}]{(end < 0 ? "" : $" with length {text.Length}")}");
        }
        if (start > end)
        {
            throw new FunctionException($"runtime error: slice bounds out of range [{start}:{end}]");
        }
        return text[(int)start..(int)end];
    }

    private static string Abbreviate(int width, string text) => width < 4 ? text : AbbreviateFull(text, 0, width);

    private static string AbbreviateBoth(int left, int right, string text) => right < 4 || (left > 0 && right < 7) ? text : AbbreviateFull(text, left, right);

    private static string AbbreviateFull(string text, int offset, int width)
    {
        if (text.Length <= width)
        {
            return text;
        }
        offset = Math.Min(offset, text.Length);
        if (text.Length - offset < width - 3)
        {
            offset = text.Length - (width - 3);
        }
        if (offset <= 4)
        {
            return text[..(width - 3)] + "...";
        }
        if (width < 7)
        {
            return "";
        }
        return offset + width - 3 < text.Length ? "..." + Abbreviate(width - 3, text[offset..]) : "..." + text[(text.Length - (width - 3))..];
    }

    private static string TrimRunes(string text, string cut)
    {
        if (cut.Length == 0)
        {
            return text;
        }
        var runes = Utf8.Runes(cut);
        int start = 0;
        int end = text.Length;
        while (start < end && runes.Contains(Utf8.Decode(text, start, out int width)))
        {
            start += width;
        }
        while (end > start && runes.Contains(Utf8.DecodeLast(text, end, out int width)))
        {
            end -= width;
        }
        return text[start..end];
    }

    // goutils works on bytes here: a byte above 127 becomes the rune of that number.
    private static string WithoutSpace(string text)
    {
        if (!text.Any(c => GoUnicode.IsSpace(c)))
        {
            return text;
        }
        return Utf8.FromRunes(text.Where(c => !GoUnicode.IsSpace(c)).Select(c => (int)c));
    }

    private static string Initials(string text)
    {
        var initials = new List<int>();
        bool gap = true;
        foreach (char c in text)
        {
            bool space = GoUnicode.IsSpace(c);
            if (!space && gap)
            {
                initials.Add(c);
            }
            gap = space;
        }
        return Utf8.FromRunes(initials);
    }

    private static string Repeat(Evaluator evaluator, int count, string text)
    {
        if (count < 0)
        {
            throw new FunctionException("strings: negative Repeat count");
        }
        if (count == 0 || text.Length == 0)
        {
            return "";
        }
        evaluator.CheckElements(count, "repeat");
        evaluator.CheckText((long)count * text.Length);
        return new StringBuilder(count * text.Length).Insert(0, text, count).ToString();
    }

    private static string Indent(Evaluator evaluator, string before, int spaces, string text)
    {
        if (spaces < 0)
        {
            throw new FunctionException("strings: negative Repeat count");
        }
        int lines = text.AsSpan().Count('\n') + 1;
        evaluator.CheckText(text.Length + (long)spaces * lines);
        return string.Create(before.Length + text.Length + spaces * lines, (before, spaces, text), static (span, from) =>
        {
            from.before.CopyTo(span);
            int at = from.before.Length;
            span.Slice(at, from.spaces).Fill(' ');
            at += from.spaces;
            var rest = from.text.AsSpan();
            while (true)
            {
                int newline = rest.IndexOf('\n');
                if (newline < 0)
                {
                    rest.CopyTo(span[at..]);
                    return;
                }
                rest[..(newline + 1)].CopyTo(span[at..]);
                at += newline + 1;
                span.Slice(at, from.spaces).Fill(' ');
                at += from.spaces;
                rest = rest[(newline + 1)..];
            }
        });
    }

    private static string Replace(Evaluator evaluator, string old, string with, string text)
    {
        if (old.Length > 0)
        {
            if (with.Length > old.Length)
            {
                evaluator.CheckText(text.Length + (long)text.AsSpan().Count(old) * (with.Length - old.Length));
            }
            return text.Replace(old, with, StringComparison.Ordinal);
        }
        // An empty old text matches before each rune and at the end.
        evaluator.CheckText(text.Length + (text.Length + 1L) * with.Length);
        var to = new StringBuilder(with);
        for (int i = 0; i < text.Length;)
        {
            Utf8.Decode(text, i, out int width);
            to.Append(text, i, width).Append(with);
            i += width;
        }
        return to.ToString();
    }

    private static string Wrap(Evaluator evaluator, string text, int width, string newLine, bool longWords)
    {
        if (text.Length == 0)
        {
            return "";
        }
        newLine = newLine.Length == 0 ? "\n" : newLine;
        width = Math.Max(width, 1);
        evaluator.CheckText(text.Length + (long)text.Length / width * newLine.Length);
        int offset = 0;
        var to = new StringBuilder();
        while (text.Length - offset > width)
        {
            if (text[offset] == ' ')
            {
                offset++;
                continue;
            }
            int at = text.LastIndexOf(' ', offset + width, width + 1);
            if (at >= offset)
            {
                to.Append(text, offset, at - offset).Append(newLine);
                offset = at + 1;
            }
            else if (longWords)
            {
                to.Append(text, offset, width).Append(newLine);
                offset += width;
            }
            else
            {
                at = text.IndexOf(' ', offset + width);
                if (at >= 0)
                {
                    to.Append(text, offset, at - offset).Append(newLine);
                    offset = at + 1;
                }
                else
                {
                    to.Append(text, offset, text.Length - offset);
                    offset = text.Length;
                }
            }
        }
        return to.Append(text, offset, text.Length - offset).ToString();
    }
}
