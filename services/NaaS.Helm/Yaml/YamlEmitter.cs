using System.Text;
using static NaaS.Helm.Yaml.YamlText;

namespace NaaS.Helm.Yaml;

/// <summary>How a scalar is to be written where its text allows it.</summary>
internal enum ScalarStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
}

/// <summary>
/// Lays out scalars, block mappings and block sequences as go-yaml's emitter does: libyaml's choice of quotes, its folding
/// past column 80, its indentation. With <c>pretty</c> as version 3 does: sequences are indented, nothing folds.
/// </summary>
/// <param name="pretty">Whether to write as go-yaml v3 with an indent of 2.</param>
internal sealed class YamlEmitter(bool pretty)
{
    private readonly StringBuilder output = new();
    private readonly int width = pretty ? int.MaxValue : 80;
    private int indent = -1;
    private int column;
    private bool whitespace = true;
    private bool indention = true;
    private bool mappingContext;
    private bool keyContext;

    /// <summary>What was written, closed by a line break.</summary>
    public string Finish()
    {
        WriteIndent();
        return output.ToString();
    }

    public void EmptySequence()
    {
        Indicator("[", needWhitespace: true, isWhitespace: true);
        Indicator("]");
    }

    public void EmptyMapping()
    {
        Indicator("{", needWhitespace: true, isWhitespace: true);
        Indicator("}");
    }

    /// <summary>Begins a block sequence; returns the indentation to give back to <see cref="End"/>.</summary>
    public int BeginSequence()
    {
        var before = indent;
        var indentless = !pretty && mappingContext && !indention;
        IncreaseIndent(flow: false, indentless);
        return before;
    }

    public void Item()
    {
        WriteIndent();
        Indicator("-", needWhitespace: true, isIndention: true);
        mappingContext = false;
        keyContext = false;
    }

    /// <summary>Begins a block mapping; returns the indentation to give back to <see cref="End"/>.</summary>
    public int BeginMapping()
    {
        var before = indent;
        IncreaseIndent(flow: false, indentless: false);
        return before;
    }

    public void End(int before) => indent = before;

    /// <summary>Writes a key and the mark after it.</summary>
    public void Key(string text, ScalarStyle style)
    {
        WriteIndent();
        mappingContext = true;
        var analysis = ScalarAnalysis.Of(text);
        if (!analysis.Multiline && text.Length <= 128)
        {
            keyContext = true;
            Scalar(text, style, "", analysis);
            Indicator(":");
        }
        else
        {
            Indicator("?", needWhitespace: true, isIndention: true);
            keyContext = false;
            Scalar(text, style, "", analysis);
            WriteIndent();
            Indicator(":", needWhitespace: true, isIndention: true);
        }

        mappingContext = true;
        keyContext = false;
    }

    public void Scalar(string text, ScalarStyle style, string tag = "") => Scalar(text, style, tag, ScalarAnalysis.Of(text));

    private void Scalar(string text, ScalarStyle style, string tag, ScalarAnalysis analysis)
    {
        style = Select(text, style, analysis);
        if (tag.Length > 0)
        {
            Indicator(tag, needWhitespace: true);
        }

        var before = indent;
        IncreaseIndent(flow: true, indentless: false);
        switch (style)
        {
            case ScalarStyle.Plain:
                WritePlain(text);
                break;
            case ScalarStyle.SingleQuoted:
                WriteSingleQuoted(text);
                break;
            case ScalarStyle.DoubleQuoted:
                WriteDoubleQuoted(text);
                break;
            default:
                WriteLiteral(text);
                break;
        }

        indent = before;
    }

    private ScalarStyle Select(string text, ScalarStyle style, ScalarAnalysis analysis)
    {
        if (keyContext && analysis.Multiline)
        {
            style = ScalarStyle.DoubleQuoted;
        }

        if (style == ScalarStyle.Plain && (!analysis.PlainAllowed || (text.Length == 0 && keyContext) || (pretty && analysis.Tabs)))
        {
            style = ScalarStyle.SingleQuoted;
        }

        if (style == ScalarStyle.SingleQuoted && (!analysis.SingleQuotedAllowed || (pretty && analysis.Tabs)))
        {
            style = ScalarStyle.DoubleQuoted;
        }

        var blockAllowed = pretty ? analysis.BlockAllowedV3 : analysis.BlockAllowed;
        return style == ScalarStyle.Literal && (!blockAllowed || keyContext) ? ScalarStyle.DoubleQuoted : style;
    }

    private void IncreaseIndent(bool flow, bool indentless)
    {
        if (indent < 0)
        {
            indent = flow ? 2 : 0;
        }
        else if (!indentless)
        {
            indent += 2;
        }
    }

    private void WriteIndent()
    {
        var to = Math.Max(indent, 0);
        if (!indention || column > to || (column == to && !whitespace))
        {
            Break();
        }

        if (column < to)
        {
            output.Append(' ', to - column);
            column = to;
        }

        whitespace = true;
        indention = true;
    }

    private void Indicator(string text, bool needWhitespace = false, bool isWhitespace = false, bool isIndention = false)
    {
        if (needWhitespace && !whitespace)
        {
            Put(' ');
        }

        output.Append(text);
        column += text.Length;
        whitespace = isWhitespace;
        indention = indention && isIndention;
    }

    private void Put(char c)
    {
        output.Append(c);
        column++;
    }

    private void Break()
    {
        output.Append('\n');
        column = 0;
    }

    private void Write(string s, ref int i)
    {
        var w = Math.Min(Width(s[i]), s.Length - i);
        output.Append(s, i, w);
        column++;
        i += w;
    }

    private void WriteBreak(string s, ref int i)
    {
        if (s[i] == '\n')
        {
            Break();
            i++;
        }
        else
        {
            Write(s, ref i);
            column = 0;
        }
    }

    private void WritePlain(string s)
    {
        if (!whitespace && (!pretty || s.Length > 0))
        {
            Put(' ');
        }

        var spaces = false;
        for (var i = 0; i < s.Length;)
        {
            if (s[i] == ' ')
            {
                if (!keyContext && !spaces && column > width && At(s, i + 1) != ' ')
                {
                    WriteIndent();
                    i++;
                }
                else
                {
                    Write(s, ref i);
                }

                spaces = true;
            }
            else
            {
                Write(s, ref i);
                indention = false;
                spaces = false;
            }
        }

        whitespace = false;
        indention = false;
    }

    private void WriteSingleQuoted(string s)
    {
        Indicator("'", needWhitespace: true);
        var spaces = false;
        var breaks = false;
        for (var i = 0; i < s.Length;)
        {
            if (s[i] == ' ')
            {
                if (!keyContext && !spaces && column > width && i > 0 && i < s.Length - 1 && At(s, i + 1) != ' ')
                {
                    WriteIndent();
                    i++;
                }
                else
                {
                    Write(s, ref i);
                }

                spaces = true;
            }
            else if (IsBreak(s, i))
            {
                if (!breaks && s[i] == '\n')
                {
                    Break();
                }

                WriteBreak(s, ref i);
                indention = true;
                breaks = true;
            }
            else
            {
                if (breaks)
                {
                    WriteIndent();
                }

                if (s[i] == '\'')
                {
                    Put('\'');
                }

                Write(s, ref i);
                indention = false;
                spaces = false;
                breaks = false;
            }
        }

        Indicator("'");
        whitespace = false;
        indention = false;
    }

    private void WriteDoubleQuoted(string s)
    {
        Indicator("\"", needWhitespace: true);

        // go-yaml looks for a byte order mark at the start of the text whatever the position, so a leading one escapes everything.
        var escapeAll = IsBom(s, 0);
        var spaces = false;
        for (var i = 0; i < s.Length;)
        {
            if (escapeAll || s[i] is '"' or '\\' || !IsPrintable(s, i) || IsBreak(s, i))
            {
                WriteEscape(s, ref i);
                spaces = false;
            }
            else if (s[i] == ' ')
            {
                if (!keyContext && !spaces && column > width && i > 0 && i < s.Length - 1)
                {
                    WriteIndent();
                    if (s[i + 1] == ' ')
                    {
                        Put('\\');
                    }

                    i++;
                }
                else
                {
                    Write(s, ref i);
                }

                spaces = true;
            }
            else
            {
                Write(s, ref i);
                spaces = false;
            }
        }

        Indicator("\"");
        whitespace = false;
        indention = false;
    }

    private void WriteEscape(string s, ref int i)
    {
        var w = Width(s[i]);
        var value = w switch { 1 => s[i], 2 => s[i] & 0x1f, 3 => s[i] & 0x0f, _ => s[i] & 0x07 };
        for (var k = 1; k < w; k++)
        {
            value = (value << 6) | (At(s, i + k) & 0x3f);
        }

        i += w;
        var escape = value switch
        {
            0x00 => "0",
            0x07 => "a",
            0x08 => "b",
            0x09 => "t",
            0x0a => "n",
            0x0b => "v",
            0x0c => "f",
            0x0d => "r",
            0x1b => "e",
            0x22 => "\"",
            0x5c => "\\",
            0x85 => "N",
            0xa0 => "_",
            0x2028 => "L",
            0x2029 => "P",
            <= 0xff => $"x{value:X2}",
            <= 0xffff => $"u{value:X4}",
            _ => $"U{value:X8}",
        };
        output.Append('\\').Append(escape);
        column += 1 + escape.Length;
    }

    private void WriteLiteral(string s)
    {
        Indicator("|", needWhitespace: true);
        if (s[0] == ' ' || IsBreak(s, 0))
        {
            Indicator("2");
        }

        var chomp = Chomp(s);
        if (chomp.Length > 0)
        {
            Indicator(chomp);
        }

        Break();
        indention = true;
        whitespace = true;
        var breaks = true;
        for (var i = 0; i < s.Length;)
        {
            if (IsBreak(s, i))
            {
                WriteBreak(s, ref i);
                indention = true;
                breaks = true;
            }
            else
            {
                if (breaks)
                {
                    WriteIndent();
                }

                Write(s, ref i);
                indention = false;
                breaks = false;
            }
        }
    }

    /// <summary>How the scalar's final line breaks are kept: none <c>-</c>, one, several <c>+</c>.</summary>
    private static string Chomp(string s)
    {
        var last = Previous(s, s.Length);
        if (!IsBreak(s, last))
        {
            return "-";
        }

        return last == 0 || IsBreak(s, Previous(s, last)) ? "+" : "";
    }

    private static int Previous(string s, int i)
    {
        i--;
        while (i > 0 && (s[i] & 0xc0) == 0x80)
        {
            i--;
        }

        return i;
    }
}

/// <summary>Which styles a scalar's text allows.</summary>
internal readonly record struct ScalarAnalysis(
    bool Multiline, bool PlainAllowed, bool SingleQuotedAllowed, bool BlockAllowed, bool BlockAllowedV3, bool Tabs)
{
    public static ScalarAnalysis Of(string s)
    {
        if (s.Length == 0)
        {
            return new(false, PlainAllowed: true, SingleQuotedAllowed: true, BlockAllowed: false, BlockAllowedV3: false, Tabs: false);
        }

        var indicators = s.StartsWith("---", StringComparison.Ordinal) || s.StartsWith("...", StringComparison.Ordinal);
        var (lineBreaks, special, tabs) = (false, false, false);
        var (leadingSpace, leadingBreak, trailingSpace, trailingBreak) = (false, false, false, false);
        var (breakSpace, spaceBreak, previousSpace, previousBreak) = (false, false, false, false);
        var afterWhitespace = true;
        for (int i = 0, w; i < s.Length; i += w)
        {
            var c = s[i];
            w = Width(c);
            var beforeWhitespace = i + w >= s.Length || IsBlank(s[i + w]);
            indicators |= i == 0 ? IsIndicatorFirst(c, beforeWhitespace) : IsIndicator(c, afterWhitespace, beforeWhitespace);
            if (!IsPrintable(s, i))
            {
                tabs |= c == '\t';
                special |= c != '\t';
            }

            if (c == ' ')
            {
                leadingSpace |= i == 0;
                trailingSpace |= i + 1 == s.Length;
                breakSpace |= previousBreak;
                (previousSpace, previousBreak) = (true, false);
            }
            else if (IsBreak(s, i))
            {
                lineBreaks = true;
                leadingBreak |= i == 0;
                trailingBreak |= i + w == s.Length;
                spaceBreak |= previousSpace;
                (previousSpace, previousBreak) = (false, true);
            }
            else
            {
                (previousSpace, previousBreak) = (false, false);
            }

            afterWhitespace = IsBlankOrEnd(s, i);
        }

        var edges = leadingSpace || leadingBreak || trailingSpace || trailingBreak;
        var odd = spaceBreak || special || tabs;
        return new(
            lineBreaks,
            PlainAllowed: !(edges || breakSpace || odd || lineBreaks || indicators),
            SingleQuotedAllowed: !(breakSpace || odd),
            BlockAllowed: !(trailingSpace || odd),
            BlockAllowedV3: !(trailingSpace || spaceBreak || special),
            tabs);
    }

    private static bool IsIndicatorFirst(char c, bool beforeWhitespace) => c switch
    {
        '#' or ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => true,
        '?' or ':' or '-' => beforeWhitespace,
        _ => false,
    };

    private static bool IsIndicator(char c, bool afterWhitespace, bool beforeWhitespace) => c switch
    {
        ':' => beforeWhitespace,
        '#' => afterWhitespace,
        _ => false,
    };
}
