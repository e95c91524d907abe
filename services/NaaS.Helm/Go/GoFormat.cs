using System.Globalization;
using System.Numerics;
using System.Text;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Go;

/// <summary>Go's package fmt over the value model: Sprint, Sprintln, Sprintf with all verbs, flags and error forms. Texts are byte strings.</summary>
internal static class GoFormat
{
    /// <summary><c>fmt.Sprint</c>: a space between two operands where neither is a string.</summary>
    public static string Sprint(ReadOnlySpan<object?> args)
    {
        if (args.Length == 1)
        {
            return Value(args[0]);
        }
        var to = new StringBuilder();
        for (int i = 0; i < args.Length; i++)
        {
            if (i > 0 && args[i] is not string && args[i - 1] is not string)
            {
                to.Append(' ');
            }
            AppendValue(to, args[i]);
        }
        return to.ToString();
    }

    /// <summary><c>fmt.Sprintln</c>.</summary>
    public static string Sprintln(ReadOnlySpan<object?> args)
    {
        var to = new StringBuilder();
        for (int i = 0; i < args.Length; i++)
        {
            AppendValue(i > 0 ? to.Append(' ') : to, args[i]);
        }
        return to.Append('\n').ToString();
    }

    /// <summary>What <c>%v</c> prints.</summary>
    public static string Value(object? value)
    {
        switch (value)
        {
            case string text: return text;
            case bool flag: return flag ? "true" : "false";
            case double number: return GoFloat.Format(number);
            case nint number: return number.ToString(CultureInfo.InvariantCulture);
            case long number: return number.ToString(CultureInfo.InvariantCulture);
            default:
                var to = new StringBuilder();
                AppendValue(to, value);
                return to.ToString();
        }
    }

    /// <summary>Appends what <c>%v</c> prints.</summary>
    public static void AppendValue(StringBuilder to, object? value) => new GoPrinter(to).PrintArgument(value, 'v');

    /// <summary><c>fmt.Sprintf</c>.</summary>
    public static string Sprintf(string format, params ReadOnlySpan<object?> args)
    {
        var to = new StringBuilder(format.Length + 16);
        new GoPrinter(to).Printf(format, args);
        return to.ToString();
    }
}

/// <summary>State of one print call: flags, width, precision.</summary>
internal sealed class GoPrinter(StringBuilder output)
{
    private const string Nil = "<nil>";
    private const int MaxWidth = 1_000_000;
    private const int MaxDepth = 1000;
    private const int MaxLength = 64 * 1024 * 1024;
    private StringBuilder to = output;
    private bool minus, plus, sharp, space, zero, plusV, sharpV;
    private int width = -1, precision = -1;

    public void Printf(string format, ReadOnlySpan<object?> args)
    {
        int argument = 0;
        bool reordered = false;
        bool afterIndex = false;
        bool goodIndex = true;
        int end = format.Length;
        for (int i = 0; i < end;)
        {
            goodIndex = true;
            int percent = format.IndexOf('%', i);
            int stop = percent < 0 ? end : percent;
            to.Append(format, i, stop - i);
            i = stop;
            if (i >= end)
            {
                break;
            }
            i++;
            Clear();
            for (; i < end && IsFlag(format[i]); i++)
            {
            }
            ReadIndex(format, ref i, ref argument, args.Length, ref reordered, ref afterIndex, ref goodIndex);
            if (i < end && format[i] == '*')
            {
                i++;
                width = IntArgument(args, ref argument, out bool isInt);
                if (!isInt)
                {
                    to.Append("%!(BADWIDTH)");
                }
                if (width < 0 && isInt)
                {
                    width = -width;
                    minus = true;
                    zero = false;
                }
                width = isInt ? width : -1;
                afterIndex = false;
            }
            else
            {
                int start = i;
                width = ReadNumber(format, ref i);
                if (afterIndex && i > start)
                {
                    goodIndex = false;
                }
            }
            if (i + 1 <= end && i < end && format[i] == '.')
            {
                i++;
                if (afterIndex)
                {
                    goodIndex = false;
                }
                ReadIndex(format, ref i, ref argument, args.Length, ref reordered, ref afterIndex, ref goodIndex);
                if (i < end && format[i] == '*')
                {
                    i++;
                    precision = IntArgument(args, ref argument, out bool isInt);
                    if (isInt && precision < 0)
                    {
                        precision = -1;
                    }
                    else if (!isInt)
                    {
                        precision = -1;
                        to.Append("%!(BADPREC)");
                    }
                    afterIndex = false;
                }
                else
                {
                    precision = Math.Max(0, ReadNumber(format, ref i));
                }
            }
            if (!afterIndex)
            {
                ReadIndex(format, ref i, ref argument, args.Length, ref reordered, ref afterIndex, ref goodIndex);
            }
            if (i >= end)
            {
                to.Append("%!(NOVERB)");
                break;
            }
            int verb = Utf8.Decode(format, i, out int size);
            i += size;
            if (verb == '%')
            {
                to.Append('%');
            }
            else if (!goodIndex)
            {
                BadVerb(verb).Append("(BADINDEX)");
            }
            else if (argument >= args.Length)
            {
                BadVerb(verb).Append("(MISSING)");
            }
            else
            {
                if (verb == 'v')
                {
                    sharpV = sharp;
                    sharp = false;
                    plusV = plus;
                    plus = false;
                }
                PrintArgument(args[argument++], verb);
            }
            afterIndex = false;
        }
        if (!reordered && argument < args.Length)
        {
            Clear();
            to.Append("%!(EXTRA ");
            for (int i = argument; i < args.Length; i++)
            {
                if (i > argument)
                {
                    to.Append(", ");
                }
                if (args[i] is null)
                {
                    to.Append(Nil);
                    continue;
                }
                to.Append(GoTypes.TypeName(args[i])).Append('=');
                PrintArgument(args[i], 'v');
            }
            to.Append(')');
        }
    }

    private StringBuilder BadVerb(int verb)
    {
        to.Append("%!");
        Utf8.Append(to, verb);
        return to;
    }

    private void Clear()
    {
        minus = plus = sharp = space = zero = plusV = sharpV = false;
        width = precision = -1;
    }

    private bool IsFlag(char c)
    {
        switch (c)
        {
            case '#': sharp = true; return true;
            case '0': zero = true; return true;
            case '+': plus = true; return true;
            case '-': minus = true; return true;
            case ' ': space = true; return true;
            default: return false;
        }
    }

    private static int ReadNumber(string format, ref int i)
    {
        int start = i;
        int number = 0;
        for (; i < format.Length && char.IsAsciiDigit(format[i]); i++)
        {
            number = number * 10 + (format[i] - '0');
            if (number > MaxWidth)
            {
                return -1;
            }
        }
        return i > start ? number : -1;
    }

    private static void ReadIndex(string format, ref int i, ref int argument, int count, ref bool reordered, ref bool found, ref bool good)
    {
        if (i >= format.Length || format[i] != '[')
        {
            return;
        }
        reordered = true;
        int close = format.IndexOf(']', i);
        if (close < 0)
        {
            good = false;
            i++;
            return;
        }
        int at = i + 1;
        int number = ReadNumber(format, ref at);
        i = close + 1;
        if (number < 1 || at != close || number > count)
        {
            good = false;
            found = number >= 1 && at == close;
            return;
        }
        argument = number - 1;
        found = true;
    }

    private static int IntArgument(ReadOnlySpan<object?> args, ref int argument, out bool isInt)
    {
        isInt = false;
        if (argument >= args.Length)
        {
            return 0;
        }
        object? value = args[argument++];
        if (GoTypes.TryInt(value, out long number) || (GoTypes.TryUint(value, out ulong unsigned) && (number = (long)unsigned) >= 0))
        {
            isInt = Math.Abs(number) <= MaxWidth;
            return (int)number;
        }
        return 0;
    }

    /// <summary>Prints one operand with a verb, honouring the flags that were read.</summary>
    public void PrintArgument(object? value, int verb)
    {
        if (value is null)
        {
            if (verb is 'T' or 'v')
            {
                Pad(Nil);
            }
            else
            {
                Bad(verb, null);
            }
            return;
        }
        if (verb == 'T')
        {
            FormatString(GoTypes.TypeName(value), 's');
            return;
        }
        PrintValue(value, verb, 0);
    }

    private void PrintValue(object? value, int verb, int depth)
    {
        switch (value)
        {
            case null:
                // An element of a list or map: an interface that holds nothing.
                if (sharpV)
                {
                    to.Append("interface {}(nil)");
                }
                else
                {
                    to.Append(Nil);
                }
                break;
            case string text:
                FormatText(text, verb);
                break;
            case bool flag:
                if (verb is 't' or 'v')
                {
                    Pad(flag ? "true" : "false");
                }
                else
                {
                    Bad(verb, value);
                }
                break;
            case double number:
                FormatFloat(number, verb, value);
                break;
            case nint or long or int:
                GoTypes.TryInt(value, out long signed);
                FormatInteger(signed < 0 ? (ulong)-signed : (ulong)signed, signed < 0, true, verb, value);
                break;
            case byte or uint or ulong:
                GoTypes.TryUint(value, out ulong unsigned);
                FormatInteger(unsigned, false, false, verb, value);
                break;
            case Complex complex:
                FormatComplex(complex, verb, value);
                break;
            case GoMap map:
                PrintMap(map, verb, depth);
                break;
            case GoList list:
                PrintList(list, verb, depth);
                break;
            case GoBytes bytes:
                PrintBytes(bytes, verb);
                break;
            case GoObject other:
                PrintObject(other, verb, depth);
                break;
            default:
                throw new InvalidOperationException($"no Go value: {value.GetType()}");
        }
    }

    // Lists and maps can hold each other many times over, or themselves.
    private void Bound(int depth)
    {
        if (depth > MaxDepth || to.Length > MaxLength)
        {
            throw new LimitException("rendering stopped: a value is nested too deeply, or holds itself, or is too long to be printed");
        }
    }

    private void PrintMap(GoMap map, int verb, int depth)
    {
        Bound(depth);
        if (sharpV)
        {
            to.Append(map.TypeName);
            if (map.IsNil)
            {
                to.Append("(nil)");
                return;
            }
            to.Append('{');
        }
        else
        {
            to.Append("map[");
        }
        string[] keys = GoTypes.SortedKeys(map);
        for (int i = 0; i < keys.Length; i++)
        {
            if (i > 0)
            {
                to.Append(sharpV ? ", " : " ");
            }
            PrintValue(keys[i], verb, depth + 1);
            to.Append(':');
            PrintValue(map[keys[i]], verb, depth + 1);
        }
        to.Append(sharpV ? '}' : ']');
    }

    private void PrintList(GoList list, int verb, int depth)
    {
        Bound(depth);
        if (sharpV)
        {
            to.Append(list.TypeName);
            if (list.IsNil)
            {
                to.Append("(nil)");
                return;
            }
        }
        to.Append(sharpV ? '{' : '[');
        for (int i = 0; i < list.Count; i++)
        {
            if (i > 0)
            {
                to.Append(sharpV ? ", " : " ");
            }
            PrintValue(list[i], verb, depth + 1);
        }
        to.Append(sharpV ? '}' : ']');
    }

    private void PrintBytes(GoBytes bytes, int verb)
    {
        switch (verb)
        {
            case 's' or 'q' or 'x' or 'X':
                FormatText(bytes.Content, verb);
                break;
            default:
                if (sharpV && bytes.IsNil)
                {
                    to.Append("[]byte(nil)");
                    break;
                }
                to.Append(sharpV ? "[]byte{" : "[");
                for (int i = 0; i < bytes.Content.Length; i++)
                {
                    if (i > 0)
                    {
                        to.Append(sharpV ? ", " : " ");
                    }
                    if (sharpV)
                    {
                        to.Append("0x").Append(((int)bytes.Content[i]).ToString("x", CultureInfo.InvariantCulture));
                    }
                    else
                    {
                        FormatInteger(bytes.Content[i], false, false, verb, bytes.Content[i]);
                    }
                }
                to.Append(sharpV ? '}' : ']');
                break;
        }
    }

    private void PrintObject(GoObject other, int verb, int depth)
    {
        if (!sharpV && verb is 'v' or 's' or 'q' or 'x' or 'X' && other.Text is { } text)
        {
            FormatText(text, verb);
            return;
        }
        if (other is GoNamed { Value: var number } named)
        {
            FormatInteger(number < 0 ? (ulong)-number : (ulong)number, number < 0, true, verb, named);
            return;
        }
        if (sharpV && other is GoTime time)
        {
            to.Append(time.Syntax);
            return;
        }
        bool pointer = other.Kind == "ptr";
        bool isMap = other.Kind == "map";
        to.Append(sharpV ? (pointer ? "&" + other.TypeName[1..] : other.TypeName) + "{" : pointer ? "&{" : isMap ? "map[" : other.Kind == "slice" ? "[" : "{");
        bool first = true;
        foreach (var (name, value) in other.Fields)
        {
            if (!first)
            {
                to.Append(sharpV ? ", " : " ");
            }
            first = false;
            if (isMap || plusV || sharpV)
            {
                to.Append(name).Append(':');
            }
            PrintValue(value, verb, depth + 1);
        }
        to.Append(!sharpV && (isMap || other.Kind == "slice") ? ']' : '}');
    }

    private void Bad(int verb, object? value)
    {
        BadVerb(verb).Append('(');
        if (value is null)
        {
            to.Append(Nil);
        }
        else
        {
            to.Append(GoTypes.TypeName(value)).Append('=');
            var inner = new StringBuilder();
            var outer = to;
            to = inner;
            PrintValue(value, 'v', 0);
            to = outer;
            to.Append(inner);
        }
        to.Append(')');
    }

    private void FormatText(string text, int verb)
    {
        switch (verb)
        {
            case 'v' when sharpV:
                FormatQuoted(text);
                break;
            case 'v' or 's':
                FormatString(text, verb);
                break;
            case 'q':
                FormatQuoted(text);
                break;
            case 'x' or 'X':
                FormatHex(text, verb == 'X');
                break;
            default:
                Bad(verb, text);
                break;
        }
    }

    private void FormatString(string text, int verb) => Pad(verb == 'q' ? text : Truncate(text));

    private string Truncate(string text)
    {
        if (precision < 0)
        {
            return text;
        }
        int runes = precision;
        for (int i = 0; i < text.Length;)
        {
            if (--runes < 0)
            {
                return text[..i];
            }
            Utf8.Decode(text, i, out int size);
            i += size;
        }
        return text;
    }

    private void FormatQuoted(string text)
    {
        text = Truncate(text);
        Pad(sharp && GoQuote.CanBackquote(text) ? $"`{text}`" : GoQuote.Quote(text, plus));
    }

    private void FormatHex(string text, bool upper)
    {
        int length = precision >= 0 && precision < text.Length ? precision : text.Length;
        var hex = new StringBuilder();
        for (int i = 0; i < length; i++)
        {
            if (space && i > 0)
            {
                hex.Append(' ');
            }
            if (sharp && (space || i == 0))
            {
                hex.Append(upper ? "0X" : "0x");
            }
            hex.Append(((int)text[i]).ToString(upper ? "X2" : "x2", CultureInfo.InvariantCulture));
        }
        Pad(hex.ToString());
    }

    private void FormatInteger(ulong magnitude, bool negative, bool signed, int verb, object value)
    {
        switch (verb)
        {
            case 'v' when sharpV && !signed:
                bool before = sharp;
                sharp = true;
                Digits(magnitude, negative, 16, verb);
                sharp = before;
                break;
            case 'v' or 'd':
                Digits(magnitude, negative, 10, verb);
                break;
            case 'b':
                Digits(magnitude, negative, 2, verb);
                break;
            case 'o' or 'O':
                Digits(magnitude, negative, 8, verb);
                break;
            case 'x' or 'X':
                Digits(magnitude, negative, 16, verb);
                break;
            case 'c':
                Pad(Utf8.FromRune(negative || magnitude > 0x10FFFF ? Utf8.ReplacementRune : (int)magnitude));
                break;
            case 'q':
                Pad(GoQuote.QuoteRune(negative || magnitude > 0x10FFFF ? Utf8.ReplacementRune : (int)magnitude, plus));
                break;
            case 'U':
                string code = "U+" + magnitude.ToString("X4", CultureInfo.InvariantCulture).PadLeft(Math.Max(4, precision), '0');
                if (sharp && magnitude <= 0x10FFFF && GoUnicode.IsPrint((int)magnitude))
                {
                    code += $" '{Utf8.FromRune((int)magnitude)}'";
                }
                bool hadZero = zero;
                zero = false;
                Pad(code);
                zero = hadZero;
                break;
            default:
                Bad(verb, value is char c ? (byte)c : value);
                break;
        }
    }

    private void Digits(ulong magnitude, bool negative, int radix, int verb)
    {
        if (precision == 0 && magnitude == 0)
        {
            bool hadZero = zero;
            zero = false;
            to.Append(' ', Math.Max(0, width));
            zero = hadZero;
            return;
        }
        int least = precision;
        if (precision < 0 && zero && !minus && width >= 0)
        {
            least = negative || plus || space ? width - 1 : width;
        }
        string digits = radix == 10 ? magnitude.ToString(CultureInfo.InvariantCulture) : InRadix(magnitude, radix, verb == 'X');
        digits = digits.PadLeft(Math.Max(least, 0), '0');
        if (sharp)
        {
            digits = radix switch
            {
                2 => "0b" + digits,
                8 when digits[0] != '0' => "0" + digits,
                16 => (verb == 'X' ? "0X" : "0x") + digits,
                _ => digits,
            };
        }
        if (verb == 'O')
        {
            digits = "0o" + digits;
        }
        bool keep = zero;
        zero = false;
        Pad((negative ? "-" : plus ? "+" : space ? " " : "") + digits);
        zero = keep;
    }

    private static string InRadix(ulong value, int radix, bool upper)
    {
        const string lower = "0123456789abcdef";
        if (value == 0)
        {
            return "0";
        }
        Span<char> buffer = stackalloc char[64];
        int at = 64;
        for (; value > 0; value /= (ulong)radix)
        {
            char digit = lower[(int)(value % (ulong)radix)];
            buffer[--at] = upper ? char.ToUpperInvariant(digit) : digit;
        }
        return new string(buffer[at..]);
    }

    private void FormatFloat(double number, int verb, object value)
    {
        switch (verb)
        {
            case 'v':
                Float(number, 'g', -1);
                break;
            case 'b' or 'g' or 'G' or 'x' or 'X':
                Float(number, (char)verb, precision < 0 ? -1 : precision);
                break;
            case 'f' or 'e' or 'E' or 'F':
                Float(number, verb == 'F' ? 'f' : (char)verb, precision < 0 ? 6 : precision);
                break;
            default:
                Bad(verb, value);
                break;
        }
    }

    private void Float(double number, char format, int digits)
    {
        if (precision >= 0 && digits == -1)
        {
            digits = precision;
        }
        string text = GoFloat.Format(number, format, digits);
        text = text[0] is '-' or '+' ? text : "+" + text;
        if (space && text[0] == '+' && !plus)
        {
            text = " " + text[1..];
        }
        if (text[1] is 'I' or 'N')
        {
            bool keep = zero;
            zero = false;
            if (text[1] == 'N' && !space && !plus)
            {
                text = text[1..];
            }
            else if (text[0] == '+' && !plus)
            {
                text = text[1..];
            }
            Pad(text);
            zero = keep;
            return;
        }
        if (sharp && format != 'b')
        {
            text = text[0] + Sharp(text[1..], format, digits);
        }
        if (plus || text[0] != '+')
        {
            if (zero && !minus && width > text.Length)
            {
                to.Append(text[0]).Append('0', width - text.Length).Append(text, 1, text.Length - 1);
                return;
            }
            Pad(text);
            return;
        }
        Pad(text[1..]);
    }

    // The # flag keeps the point and, for %g, the trailing zeros.
    private static string Sharp(string text, char format, int precision)
    {
        int wanted = format is 'g' or 'G' ? (precision < 0 ? 6 : precision) : 0;
        int e = text.IndexOfAny(['e', 'E', 'p', 'P']);
        string tail = e >= 0 ? text[e..] : "";
        string head = e >= 0 ? text[..e] : text;
        bool point = head.Contains('.');
        bool leadingZeros = true;
        int used = 0;
        foreach (char c in head)
        {
            leadingZeros &= c is '0' or '.';
            used += c != '.' && !leadingZeros ? 1 : 0;
        }
        head += point ? "" : ".";
        head += new string('0', Math.Max(0, wanted - (head == "0." ? 1 : used)));
        return head + tail;
    }

    private void FormatComplex(Complex number, int verb, object value)
    {
        if (verb is not ('v' or 'b' or 'g' or 'G' or 'x' or 'X' or 'f' or 'F' or 'e' or 'E'))
        {
            Bad(verb, value);
            return;
        }
        bool keep = plus;
        to.Append('(');
        FormatFloat(number.Real, verb, value);
        plus = true;
        FormatFloat(number.Imaginary, verb, value);
        to.Append("i)");
        plus = keep;
    }

    private void Pad(string text)
    {
        int missing = width < 0 ? 0 : width - Utf8.RuneCount(text);
        if (missing <= 0)
        {
            to.Append(text);
        }
        else if (minus)
        {
            to.Append(text).Append(' ', missing);
        }
        else
        {
            to.Append(zero ? '0' : ' ', missing).Append(text);
        }
    }
}
