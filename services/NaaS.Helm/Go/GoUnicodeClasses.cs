using System.Globalization;

namespace NaaS.Helm.Go;

/// <summary>Unicode classes of regular expressions: all general categories, and the common scripts by their main blocks.</summary>
internal static class GoUnicodeClasses
{
    private static readonly Dictionary<string, UnicodeCategory[]> Categories = new(StringComparer.Ordinal)
    {
        ["L"] = Range(UnicodeCategory.UppercaseLetter, UnicodeCategory.OtherLetter),
        ["M"] = Range(UnicodeCategory.NonSpacingMark, UnicodeCategory.EnclosingMark),
        ["N"] = Range(UnicodeCategory.DecimalDigitNumber, UnicodeCategory.OtherNumber),
        ["Z"] = Range(UnicodeCategory.SpaceSeparator, UnicodeCategory.ParagraphSeparator),
        ["C"] = Range(UnicodeCategory.Control, UnicodeCategory.PrivateUse),
        ["P"] = Range(UnicodeCategory.ConnectorPunctuation, UnicodeCategory.OtherPunctuation),
        ["S"] = Range(UnicodeCategory.MathSymbol, UnicodeCategory.OtherSymbol),
        ["Lu"] = [UnicodeCategory.UppercaseLetter],
        ["Ll"] = [UnicodeCategory.LowercaseLetter],
        ["Lt"] = [UnicodeCategory.TitlecaseLetter],
        ["Lm"] = [UnicodeCategory.ModifierLetter],
        ["Lo"] = [UnicodeCategory.OtherLetter],
        ["Mn"] = [UnicodeCategory.NonSpacingMark],
        ["Mc"] = [UnicodeCategory.SpacingCombiningMark],
        ["Me"] = [UnicodeCategory.EnclosingMark],
        ["Nd"] = [UnicodeCategory.DecimalDigitNumber],
        ["Nl"] = [UnicodeCategory.LetterNumber],
        ["No"] = [UnicodeCategory.OtherNumber],
        ["Zs"] = [UnicodeCategory.SpaceSeparator],
        ["Zl"] = [UnicodeCategory.LineSeparator],
        ["Zp"] = [UnicodeCategory.ParagraphSeparator],
        ["Cc"] = [UnicodeCategory.Control],
        ["Cf"] = [UnicodeCategory.Format],
        ["Cs"] = [UnicodeCategory.Surrogate],
        ["Co"] = [UnicodeCategory.PrivateUse],
        ["Pc"] = [UnicodeCategory.ConnectorPunctuation],
        ["Pd"] = [UnicodeCategory.DashPunctuation],
        ["Ps"] = [UnicodeCategory.OpenPunctuation],
        ["Pe"] = [UnicodeCategory.ClosePunctuation],
        ["Pi"] = [UnicodeCategory.InitialQuotePunctuation],
        ["Pf"] = [UnicodeCategory.FinalQuotePunctuation],
        ["Po"] = [UnicodeCategory.OtherPunctuation],
        ["Sm"] = [UnicodeCategory.MathSymbol],
        ["Sc"] = [UnicodeCategory.CurrencySymbol],
        ["Sk"] = [UnicodeCategory.ModifierSymbol],
        ["So"] = [UnicodeCategory.OtherSymbol],
    };

    private static readonly Dictionary<string, (int Low, int High)[]> Scripts = new(StringComparer.Ordinal)
    {
        ["Latin"] = [(0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2B8), (0x1E00, 0x1EFF), (0x2C60, 0x2C7F), (0xA722, 0xA787), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)],
        ["Greek"] = [(0x370, 0x373), (0x375, 0x377), (0x37A, 0x37D), (0x37F, 0x37F), (0x384, 0x384), (0x386, 0x386), (0x388, 0x3E1), (0x3F0, 0x3FF), (0x1F00, 0x1FFE)],
        ["Cyrillic"] = [(0x400, 0x484), (0x487, 0x52F), (0x1C80, 0x1C88), (0x2DE0, 0x2DFF), (0xA640, 0xA69F)],
        ["Han"] = [(0x2E80, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303B), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAD9), (0x20000, 0x323AF)],
        ["Hiragana"] = [(0x3041, 0x3096), (0x309D, 0x309F)],
        ["Katakana"] = [(0x30A1, 0x30FA), (0x30FD, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF6F), (0xFF71, 0xFF9D)],
        ["Hangul"] = [(0x1100, 0x11FF), (0x3131, 0x318E), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xD7B0, 0xD7FB)],
        ["Arabic"] = [(0x600, 0x604), (0x606, 0x60B), (0x60D, 0x61A), (0x61C, 0x61E), (0x620, 0x63F), (0x641, 0x64A), (0x656, 0x66F), (0x671, 0x6DC), (0x6DE, 0x6FF), (0x750, 0x77F)],
        ["Hebrew"] = [(0x591, 0x5F4), (0xFB1D, 0xFB4F)],
        ["Thai"] = [(0xE01, 0xE3A), (0xE40, 0xE5B)],
        ["Armenian"] = [(0x531, 0x556), (0x559, 0x58A)],
        ["Georgian"] = [(0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2D)],
        ["Devanagari"] = [(0x900, 0x950), (0x955, 0x963), (0x966, 0x97F)],
    };

    /// <summary>Membership in a class, or null where there is none of the name.</summary>
    public static Func<int, bool>? Find(string name)
    {
        if (name == "Any")
        {
            return _ => true;
        }
        if (Categories.TryGetValue(name, out var categories))
        {
            return rune => Array.IndexOf(categories, CharUnicodeInfo.GetUnicodeCategory(rune)) >= 0;
        }
        return Scripts.TryGetValue(name, out var ranges) ? rune => Array.Exists(ranges, range => rune >= range.Low && rune <= range.High) : null;
    }

    private static UnicodeCategory[] Range(UnicodeCategory first, UnicodeCategory last) =>
        Enumerable.Range((int)first, last - first + 1).Select(category => (UnicodeCategory)category).ToArray();
}
