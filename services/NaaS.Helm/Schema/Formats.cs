using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NaaS.Helm.Go;
using NaaS.Helm.Json;

namespace NaaS.Helm.Schema;

/// <summary>Formats of strings. Each check tells what is wrong, or nothing; texts as in santhosh-tekuri/jsonschema.</summary>
internal static class Formats
{
    private static readonly Dictionary<string, Func<string, string?>> All = new(StringComparer.Ordinal)
    {
        ["ipv4"] = Ipv4,
        ["ipv6"] = Ipv6,
        ["hostname"] = Hostname,
        ["email"] = Email,
        ["date"] = Date,
        ["time"] = Time,
        ["date-time"] = DateAndTime,
        ["duration"] = Duration,
        ["period"] = Period,
        ["uri"] = text => Url(text, international: false, reference: false),
        ["iri"] = text => Url(text, international: true, reference: false),
        ["uri-reference"] = text => Url(text, international: false, reference: true),
        ["iri-reference"] = text => Url(text, international: true, reference: true),
        ["uuid"] = Uuid,
        ["json-pointer"] = JsonPointer,
        ["relative-json-pointer"] = RelativeJsonPointer,
        ["regex"] = Regex,
        ["semver"] = Semver,
    };

    /// <summary>The check of a format; null where it is not known, which allows everything.</summary>
    public static Func<string, string?>? Find(string format) => All.GetValueOrDefault(format);

    private static string? Regex(string text)
    {
        try
        {
            GoRegex.Compile(GoString.FromText(text));
            return null;
        }
        catch (GoRegexException e)
        {
            return GoString.ToText(e.Message);
        }
    }

    private static string? Ipv4(string text)
    {
        var groups = text.Split('.');
        if (groups.Length != 4)
        {
            return "expected four decimals";
        }

        foreach (var group in groups)
        {
            if (group.Length > 1 && group[0] == '0')
            {
                return "leading zeros";
            }

            if (group.Length == 0 || group.Any(c => !char.IsAsciiDigit(c)))
            {
                return $"strconv.Atoi: parsing {GoSyntax.Quote(group)}: invalid syntax";
            }

            if (group.Length > 3 || int.Parse(group, CultureInfo.InvariantCulture) > 255)
            {
                return "decimal must be between 0 and 255";
            }
        }

        return null;
    }

    private static string? Ipv6(string text)
    {
        if (!text.Contains(':'))
        {
            return "missing colon";
        }

        if (text.Contains('%'))
        {
            return "zone id is not a part of ipv6 address";
        }

        return !text.Contains('[') && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? null
            : $"ParseAddr({GoSyntax.Quote(text)}): unable to parse IP";
    }

    private static string? Hostname(string text)
    {
        var name = text.EndsWith('.') ? text[..^1] : text;
        if (name.Length > 253)
        {
            return "more than 253 characters long";
        }

        foreach (var label in name.Split('.'))
        {
            if (label.Length is < 1 or > 63)
            {
                return "label must be 1 to 63 characters long";
            }

            if (label[0] == '-' || label[^1] == '-')
            {
                return label[0] == '-' ? "label starts with hyphen" : "label ends with hyphen";
            }

            if (label.FirstOrDefault(c => !(char.IsAsciiLetterOrDigit(c) || c == '-')) is var c && c != 0)
            {
                return $"invalid character '{c}'";
            }
        }

        return null;
    }

    private static string? Email(string text)
    {
        var at = text.LastIndexOf('@');
        if (text.Length > 254 || at < 0)
        {
            return at < 0 ? "missing @" : "more than 255 characters long";
        }

        var (local, domain) = (text[..at], text[(at + 1)..]);
        if (local.Length > 64)
        {
            return "local part more than 64 characters long";
        }

        if (local.Length > 1 && local[0] == '"' && local[^1] == '"')
        {
            if (local[1..^1].Any(c => c is '\\' or '"'))
            {
                return "backslash and quote are not allowed within quoted local part";
            }
        }
        else if (LocalPart(local) is { } problem)
        {
            return problem;
        }

        if (domain.StartsWith('[') && domain.EndsWith(']'))
        {
            var address = domain[1..^1];
            var six = address.StartsWith("IPv6:", StringComparison.Ordinal);
            var wrong = six ? Ipv6(address["IPv6:".Length..]) : Ipv4(address);
            return wrong is null ? null : $"invalid {(six ? "ipv6" : "ipv4")} address: {wrong}";
        }

        return Hostname(domain) is { } host ? "invalid domain: " + host : null;
    }

    private static string? LocalPart(string local)
    {
        if (local.StartsWith('.'))
        {
            return "starts with dot";
        }

        if (local.EndsWith('.'))
        {
            return "ends with dot";
        }

        if (local.Contains("..", StringComparison.Ordinal))
        {
            return "consecutive dots";
        }

        return local.FirstOrDefault(c => !char.IsAsciiLetterOrDigit(c) && !".!#$%&'*+-/=?^_`{|}~".Contains(c)) is var c && c != 0 ? $"invalid character '{c}'" : null;
    }

    private static string? Date(string text)
    {
        // Go's layout 2006-01-02.
        var at = 0;
        foreach (var (part, width) in new[] { ("2006", 4), ("-", 1), ("01", 2), ("-", 1), ("02", 2) })
        {
            var rest = text[Math.Min(at, text.Length)..];
            var fits = part == "-" ? rest.StartsWith('-') : rest.Length >= width && rest.Take(width).All(char.IsAsciiDigit);
            if (!fits)
            {
                return $"parsing time {GoSyntax.Quote(text)} as \"2006-01-02\": cannot parse {GoSyntax.Quote(rest)} as \"{part}\"";
            }

            at += width;
        }

        var (year, month, day) = (int.Parse(text.AsSpan(0, 4), CultureInfo.InvariantCulture), int.Parse(text.AsSpan(5, 2), CultureInfo.InvariantCulture), int.Parse(text.AsSpan(8, 2), CultureInfo.InvariantCulture));
        if (month is < 1 or > 12)
        {
            return $"parsing time {GoSyntax.Quote(text)}: month out of range";
        }

        if (text.Length > 10)
        {
            return $"parsing time {GoSyntax.Quote(text)}: extra text: {GoSyntax.Quote(text[10..])}";
        }

        return day < 1 || day > DateTime.DaysInMonth(year == 0 ? 4 : year, month) ? $"parsing time {GoSyntax.Quote(text)}: day out of range" : null;
    }

    private static string? Time(string text)
    {
        if (text.Length < 9)
        {
            return "less than 9 characters long";
        }

        if (text[2] != ':' || text[5] != ':')
        {
            return "missing colon in correct place";
        }

        if (!Two(text, 0, out var hour) || !Two(text, 3, out var minute) || !Two(text, 6, out var second))
        {
            return "invalid hour/min/sec";
        }

        if (hour > 23 || minute > 59 || second > 60)
        {
            return "hour/min/sec out of range";
        }

        var rest = text[8..];
        if (rest[0] == '.')
        {
            var digits = rest.Skip(1).TakeWhile(char.IsAsciiDigit).Count();
            if (digits == 0)
            {
                return "no digits in second fraction";
            }

            rest = rest[(digits + 1)..];
        }

        if (rest is not ("z" or "Z"))
        {
            if (Offset(rest, ref hour, ref minute) is { } problem)
            {
                return problem;
            }
        }

        return second >= 60 && (hour != 23 || minute != 59) ? "invalid leap second" : null;
    }

    private static string? Offset(string text, ref int hour, ref int minute)
    {
        if (text.Length != 6)
        {
            return "offset must be 6 characters long";
        }

        if (text[0] is not ('+' or '-'))
        {
            return "offset must begin with plus/minus";
        }

        if (text[3] != ':')
        {
            return "missing colon in offset in correct place";
        }

        if (!Two(text, 1, out var hours) || !Two(text, 4, out var minutes))
        {
            return "invalid hour/min in offset";
        }

        if (hours > 23 || minutes > 59)
        {
            return "hour/min in offset out of range";
        }

        var total = (hour * 60) + minute + ((text[0] == '+' ? -1 : 1) * ((hours * 60) + minutes));
        total += total < 0 ? 24 * 60 : 0;
        (hour, minute) = (total / 60, total % 60);
        return null;
    }

    private static bool Two(string text, int at, out int value) =>
        int.TryParse(text.AsSpan(at, 2), NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static string? DateAndTime(string text)
    {
        if (text.Length < 20)
        {
            return "less than 20 characters long";
        }

        if (text[10] is not ('t' or 'T'))
        {
            return "11th character must be t or T";
        }

        if (Date(text[..10]) is { } date)
        {
            return "invalid date element: " + date;
        }

        return Time(text[11..]) is { } time ? "invalid time element: " + time : null;
    }

    private static string? Duration(string text)
    {
        if (!text.StartsWith('P'))
        {
            return "must start with P";
        }

        var rest = text[1..];
        if (rest.Length == 0)
        {
            return "nothing after P";
        }

        if (rest.EndsWith('W'))
        {
            return rest.Length == 1 ? "no number in week" : rest[..^1].All(char.IsAsciiDigit) ? null : "invalid week";
        }

        var parts = rest.Split('T');
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0 && parts[i].Length == 0)
            {
                return "no time elements";
            }

            if (i > 1)
            {
                return "more than one T";
            }

            if (DurationPart(parts[i], i == 0 ? "YMD" : "HMS") is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? DurationPart(string text, string allUnits)
    {
        var units = allUnits;
        while (text.Length > 0)
        {
            var digits = text.TakeWhile(char.IsAsciiDigit).Count();
            if (digits == 0 || digits == text.Length)
            {
                return digits == 0 ? "missing number" : "missing unit";
            }

            var unit = text[digits];
            var at = units.IndexOf(unit, StringComparison.Ordinal);
            if (at < 0)
            {
                return allUnits.Contains(unit) ? $"unit '{unit}' out of order" : $"invalid unit '{unit}'";
            }

            units = units[(at + 1)..];
            text = text[(digits + 1)..];
        }

        return null;
    }

    private static string? Period(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return "missing slash";
        }

        var (start, end) = (text[..slash], text[(slash + 1)..]);
        var startsWithDuration = start.StartsWith('P');
        if ((startsWithDuration ? Duration(start) : DateAndTime(start)) is { } first)
        {
            return $"invalid start {(startsWithDuration ? "duration" : "date-time")}: {first}";
        }

        var endsWithDuration = !startsWithDuration && end.StartsWith('P');
        return (endsWithDuration ? Duration(end) : DateAndTime(end)) is { } last ? $"invalid end {(endsWithDuration ? "duration" : "date-time")}: {last}" : null;
    }

    private static string? Url(string text, bool international, bool reference)
    {
        if (!international && text.Any(c => c > 127))
        {
            return "has unescaped non-ASCII characters";
        }

        if (text.Any(c => c is < ' ' or '\u007f'))
        {
            return $"parse {GoSyntax.Quote(text)}: net/url: invalid control character in URL";
        }

        if (text.StartsWith(':'))
        {
            return $"parse {GoSyntax.Quote(text)}: missing protocol scheme";
        }

        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return $"parse {GoSyntax.Quote(text)}: invalid URL escape {GoSyntax.Quote(text.Substring(i, Math.Min(3, text.Length - i)))}";
            }
        }

        var scheme = text.TakeWhile((c, i) => char.IsAsciiLetter(c) || (i > 0 && (char.IsAsciiDigit(c) || c is '+' or '-' or '.'))).Count();
        var absolute = scheme > 0 && scheme < text.Length && text[scheme] == ':';
        if (!absolute && text.Split('/', '?', '#')[0].Contains(':'))
        {
            return $"parse {GoSyntax.Quote(text)}: first path segment in URL cannot contain colon";
        }

        return absolute || reference ? null : "relative url";
    }

    private static string? Uuid(string text)
    {
        int[] lengths = [8, 4, 4, 4, 12];
        var groups = text.Split('-');
        if (groups.Length != lengths.Length)
        {
            return $"must have {lengths.Length} elements";
        }

        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i].Length != lengths[i])
            {
                return $"element {i + 1} must be {lengths[i]} characters long";
            }

            if (groups[i].FirstOrDefault(c => !char.IsAsciiHexDigit(c)) is var c && c != 0)
            {
                return $"non-hex character '{c}'";
            }
        }

        return null;
    }

    private static string? JsonPointer(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (text[0] != '/')
        {
            return "not starting with /";
        }

        for (var i = text.IndexOf('~', StringComparison.Ordinal); i >= 0; i = text.IndexOf('~', i + 1))
        {
            if (i + 1 >= text.Length || text[i + 1] is not ('0' or '1'))
            {
                return "~ must be followed by 0 or 1";
            }
        }

        return null;
    }

    private static string? RelativeJsonPointer(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (digits == 0 || (digits > 1 && text[0] == '0'))
        {
            return digits == 0 ? "must start with non-negative integer" : "starts with zero";
        }

        return text[digits..] == "#" ? null : JsonPointer(text[digits..]);
    }

    private static string? Semver(string text)
    {
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        if (plus >= 0)
        {
            var build = text[(plus + 1)..];
            if (build.Length == 0 || build.Split('.').Any(part => part.Length == 0))
            {
                return build.Length == 0 ? "build is empty" : "build identifier is empty";
            }

            if (build.FirstOrDefault(c => !(char.IsAsciiLetterOrDigit(c) || c is '-' or '.')) is var c && c != 0)
            {
                return $"invalid character '{c}' in build identifier";
            }

            text = text[..plus];
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash >= 0)
        {
            if (Prerelease(text[(dash + 1)..]) is { } problem)
            {
                return problem;
            }

            text = text[..dash];
        }

        var numbers = text.Split('.');
        if (numbers.Length != 3)
        {
            return "versionCore must have 3 numbers separated by dot";
        }

        string[] names = ["major", "minor", "patch"];
        for (var i = 0; i < 3; i++)
        {
            if (numbers[i].Length == 0)
            {
                return names[i] + " is empty";
            }

            if (numbers[i].Length > 1 && numbers[i][0] == '0')
            {
                return names[i] + " starts with zero";
            }

            if (!numbers[i].All(char.IsAsciiDigit))
            {
                return names[i] + " contains non-digit";
            }
        }

        return null;
    }

    private static string? Prerelease(string text)
    {
        foreach (var part in text.Split('.'))
        {
            if (part.Length == 0)
            {
                return "pre-release identifier is empty";
            }

            if (part.FirstOrDefault(c => !(char.IsAsciiLetterOrDigit(c) || c == '-')) is var c && c != 0)
            {
                return $"invalid character '{c}' in pre-release identifier";
            }

            if (part.Length > 1 && part[0] == '0' && part.All(char.IsAsciiDigit))
            {
                return "pre-release numeric identifier starts with zero";
            }
        }

        return null;
    }
}
