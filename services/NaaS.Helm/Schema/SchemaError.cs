using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Json;

namespace NaaS.Helm.Schema;

/// <summary>One thing that a value does wrong, or several that belong together, as santhosh-tekuri/jsonschema v6 tells them.</summary>
/// <param name="Path">Steps to the value, byte strings.</param>
/// <param name="Message">What is wrong, text.</param>
/// <param name="Causes">What it is made of.</param>
/// <param name="IsReference">A step through a reference: shown only where it has several causes.</param>
/// <param name="IsGroup">Several errors of one schema at one value.</param>
internal sealed record SchemaError(
    IReadOnlyList<string> Path, string Message, IReadOnlyList<SchemaError> Causes, bool IsReference = false, bool IsGroup = false)
{
    /// <summary>Lines such as <c>- at '/a/b': got string, want boolean</c>, causes two blanks deeper.</summary>
    public static string Shown(SchemaError error)
    {
        var text = new StringBuilder();
        foreach (var cause in error.IsGroup ? error.Causes : [error])
        {
            cause.Show(text, 0);
        }

        return text.ToString();
    }

    /// <summary>A text in single quotes, as the messages quote it.</summary>
    public static string Quote(string bytes)
    {
        var quoted = new StringBuilder("'");
        foreach (var rune in GoString.ToText(bytes).EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\'' => quoted.Append("\\'"),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                '\a' => quoted.Append("\\a"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                '\v' => quoted.Append("\\v"),
                < ' ' or 0x7f => quoted.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                _ when Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 => quoted.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => quoted.Append(rune),
            };
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>A value of an enumeration or constant.</summary>
    public static string Display(object? value) => value switch
    {
        string text => Quote(text),
        GoMap or GoList => "value",
        JsonNumber number => number.Text,
        _ => GoPrint.Of(value),
    };

    private void Show(StringBuilder text, int indent)
    {
        if (!(IsReference && Causes.Count == 1))
        {
            if (text.Length > 0)
            {
                text.Append('\n');
            }

            text.Append(' ', indent * 2).Append("- at ").Append(Quote(Pointer())).Append(": ").Append(Message);
            indent++;
        }

        foreach (var cause in Causes)
        {
            cause.Show(text, indent);
        }
    }

    private string Pointer() =>
        string.Concat(Path.Select(step => "/" + step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
}
