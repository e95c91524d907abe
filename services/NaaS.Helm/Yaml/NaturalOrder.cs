using System.Globalization;
using System.Text;
using NaaS.Helm.Go;

namespace NaaS.Helm.Yaml;

/// <summary>
/// Order of keys in go-yaml's output: digits by their value, letters after other characters. Version 3 lets letters come
/// before other characters where a digit precedes.
/// </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder V2 = new(afterDigits: false);
    public static readonly NaturalOrder V3 = new(afterDigits: true);
    private readonly bool afterDigits;

    private NaturalOrder(bool afterDigits) => this.afterDigits = afterDigits;

    /// <summary>
    /// A map's entries by key. A merge sort of our own: the order is not transitive for every set of keys, which Array.Sort may refuse.
    /// </summary>
    public KeyValuePair<string, object?>[] Sort(ICollection<KeyValuePair<string, object?>> map)
    {
        var from = map.ToArray();
        var to = new KeyValuePair<string, object?>[from.Length];
        for (var run = 1; run < from.Length; run *= 2)
        {
            for (var start = 0; start < from.Length; start += 2 * run)
            {
                Merge(from, to, start, Math.Min(start + run, from.Length), Math.Min(start + (2 * run), from.Length));
            }

            (from, to) = (to, from);
        }

        return from;
    }

    private void Merge(KeyValuePair<string, object?>[] from, KeyValuePair<string, object?>[] to, int start, int middle, int end)
    {
        var (left, right) = (start, middle);
        for (var i = start; i < end; i++)
        {
            var takeRight = left >= middle || (right < end && Less(from[right].Key, from[left].Key));
            to[i] = from[takeRight ? right++ : left++];
        }
    }

    /// <summary>Compares two byte strings; 0 where neither is less.</summary>
    public int Compare(string? x, string? y)
    {
        if (Less(x!, y!))
        {
            return -1;
        }

        return Less(y!, x!) ? 1 : 0;
    }

    private bool Less(string x, string y)
    {
        if (Ascii.IsValid(x) && Ascii.IsValid(y))
        {
            return Less(x.AsSpan(), y.AsSpan(), static c => c);
        }

        return Less<Rune>(Runes(x), Runes(y), static c => c.Value);
    }

    private static Rune[] Runes(string bytes) => [.. GoString.ToText(bytes).EnumerateRunes()];

    private bool Less<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Func<T, int> code)
        where T : struct
    {
        var digits = false;
        for (var i = 0; i < a.Length && i < b.Length; i++)
        {
            var (ca, cb) = (code(a[i]), code(b[i]));
            if (ca == cb)
            {
                digits = IsDigit(ca);
                continue;
            }

            var (aLetter, bLetter) = (IsLetter(ca), IsLetter(cb));
            if (aLetter && bLetter)
            {
                return ca < cb;
            }

            if (aLetter || bLetter)
            {
                return digits && afterDigits ? aLetter : bLetter;
            }

            return LessAt(a, b, i, code);
        }

        return a.Length < b.Length;
    }

    private static bool LessAt<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, int i, Func<T, int> code)
        where T : struct
    {
        // A zero right after a digit other than zero belongs to that number.
        long an = 0;
        long bn = 0;
        if (code(a[i]) == '0' || code(b[i]) == '0')
        {
            for (var j = i - 1; j >= 0 && IsDigit(code(a[j])); j--)
            {
                if (code(a[j]) != '0')
                {
                    an = 1;
                    bn = 1;
                    break;
                }
            }
        }

        var ai = Number(a, i, code, ref an);
        var bi = Number(b, i, code, ref bn);
        if (an != bn)
        {
            return an < bn;
        }

        return ai != bi ? ai < bi : code(a[i]) < code(b[i]);
    }

    private static int Number<T>(ReadOnlySpan<T> s, int i, Func<T, int> code, ref long number)
        where T : struct
    {
        while (i < s.Length && IsDigit(code(s[i])))
        {
            number = unchecked((number * 10) + (code(s[i]) - '0'));
            i++;
        }

        return i;
    }

    private static bool IsDigit(int c) => c < 128
        ? char.IsAsciiDigit((char)c)
        : Rune.IsValid(c) && Rune.GetUnicodeCategory(new Rune(c)) == UnicodeCategory.DecimalDigitNumber;

    private static bool IsLetter(int c) => c < 128 ? char.IsAsciiLetter((char)c) : Rune.IsValid(c) && Rune.IsLetter(new Rune(c));
}
