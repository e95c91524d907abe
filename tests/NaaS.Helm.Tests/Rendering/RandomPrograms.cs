using NaaS.Helm.Functions;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Tests.Rendering;

/// <summary>Random small template programs: every function with arguments that it likes and arguments that it does not.</summary>
internal sealed class RandomPrograms(int seed)
{
    /// <summary>Values that the programs look into.</summary>
    public const string Values = """
        i: 5
        f: 2.75
        big: 123456789012
        s: hello
        u: "héllo wörld 😀"
        b: true
        n: null
        l: [a, b, 3, null, 2.5, [x], {y: 1}]
        e: []
        m: {x: 1, y: {z: [1, 2]}, w: null, "": 0}
        num: "12"
        ver: 1.4.0-rc.1+b5

        """;

    // Results that differ from run to run, or are too slow or too large to compare.
    private static readonly HashSet<string> LeftOut =
    [
        "now", "ago", "randAlpha", "randAlphaNum", "randAscii", "randNumeric", "randBytes", "randInt", "uuidv4", "shuffle", "bcrypt", "htpasswd", "encryptAES",
        "genPrivateKey", "genCA", "genCAWithKey", "genSelfSignedCert", "genSelfSignedCertWithKey", "genSignedCert", "genSignedCertWithKey", "derivePassword",
        "getHostByName", "keys", "values", "fail", "call", "block",
    ];

    private static readonly string[] Names = [.. FunctionTable.Names.Where(name => !LeftOut.Contains(name))];

    private static readonly string[] Strings =
    [
        "\"\"", "\"a\"", "\"hello world\"", "\"héllo\"", "\"a,b,,c\"", "\" x \"", "\"0x1F\"", "\"017\"", "\"1e3\"", "\"-1\"", "\"1.5\"", "\"true\"", "\"%d %s\"", "\"[a-z]+\"",
        "\"(a)(b)?\"", "\"${1}x\"", "\"a\\nb\\n\"", "`a\"b'c`", "\"1.2.3\"", "\">=1.2, <2 || ^3\"", "\"~1.4\"", "\"v2.0.0-beta+x\"", "\"2024-02-29\"", "\"2006-01-02\"",
        "\"2006-01-02T15:04:05.000Z07:00 Mon Jan _2\"", "\"Europe/Berlin\"", "\"America/New_York\"", "\"Nowhere\"", "\"1h30m\"", "\"-36h\"", "\"x\"", "\"y.z\"", "\"=\"",
        "\"https://u:p@h.org:81/p/a?q=1#f\"", "\"YWJj\"", "\"a: [1, {b: null}]\"", "\"{\\\"a\\\": 1.0}\"", "\"a = 1\\n[b]\\nc = [1.5, true]\"", "\"a/b/../c.tar.gz\"",
        ".Values.s", ".Values.u", ".Values.num", ".Values.ver", "\"FooBarHTTPServer_x-y z\"",
    ];

    private static readonly string[] Integers = ["0", "1", "-1", "2", "7", "64", "'a'", "0x1F", "(int64 5)", "(int 3)", "(.Values.i | int)", "(len \"abc\")", "9223372036854775807", "-9223372036854775808"];

    private static readonly string[] Floats = ["0.0", "1.5", "-2.5", "1e3", "1e21", "1e-7", "100000.0", "1000000.0", ".Values.i", ".Values.f", ".Values.big", "(float64 \"1.25\")", "3.14159265358979"];

    private static readonly string[] Lists =
        ["(list)", "(list 1 \"a\" nil)", "(list nil)", "(list 3 1 2)", "(list \"b\" \"a\" \"a\" \"\")", "(list (list 1) (dict \"a\" 1))", "(list 1.5 true)", ".Values.l", ".Values.e", "(until 3)", "(splitList \",\" \"a,b\")", "(tuple 1 2)"];

    private static readonly string[] Dicts =
        ["(dict)", "(dict \"a\" 1 \"b\" nil)", "(dict \"a\" (dict \"b\" (list 1 nil)) \"c\" 2.0)", ".Values.m", "(dict \"x\" \"y\")", "(split \",\" \"a,b\")", ".Values", ".Release", "(dict \"z\" 1e6 \"t\" true)"];

    private static readonly string[] Others = ["nil", "true", "false", ".Values.n", ".Values.nope", ".Values.nope.x"];

    // Verbs beside %v show where they lie in memory.
    private static readonly string[] Objects =
    [
        "(toDate \"2006-01-02\" \"2024-02-29\")", "(mustToDate \"2006-01-02T15:04:05Z07:00\" \"2024-07-15T12:34:56.7+02:00\")",
        "(semver \"1.2.3-rc.1+b\")", "(duration 95)", ".Files", ".Capabilities", ".Capabilities.KubeVersion", ".Capabilities.APIVersions", "(toDate \"2006\" \"x\")", ".Chart.Maintainers", ".Template",
    ];

    private static readonly string[] Times =
    [
        "(toDate \"2006-01-02\" \"2024-02-29\")", "(mustToDate \"2006-01-02T15:04:05Z07:00\" \"2024-07-15T12:34:56.7+02:00\")", "(toDate \"2006\" \"x\")",
        "((toDate \"2006-01-02 15:04\" \"1999-12-31 23:59\").AddDate 0 2 -1)", "((toDate \"2006-01-02\" \"2024-02-29\").UTC)",
    ];

    private readonly Random random = new(seed);

    /// <summary>One program, an action.</summary>
    public string Next()
    {
        string call = random.Next(12) switch
        {
            0 => Method(),
            1 => Format(),
            2 => Compare(),
            _ => Call(1),
        };
        return random.Next(6) switch
        {
            0 => $"{{{{ {call} | printf \"%v|%T\" | quote }}}}",
            1 => $"{{{{ {call} | toJson }}}}",
            2 => $"{{{{ {call} | toYaml }}}}",
            3 => $"{{{{ with {call} }}}}{{{{ . }}}}{{{{ else }}}}none{{{{ end }}}}",
            4 => $"{{{{ $x := {call} }}}}{{{{ printf \"%#v %T\" $x (list $x) }}}}",
            _ => $"{{{{ {call} }}}}",
        };
    }

    private string Call(int depth)
    {
        string name = Pick(Names);
        FunctionTable.TryGet(name, out var function);
        int count = function!.Parameters.Length + (function.Variadic ? random.Next(4) - 1 : 0) + (random.Next(25) == 0 ? random.Next(3) - 1 : 0);
        var arguments = Enumerable.Range(0, Math.Max(count, 0)).Select(i => Argument(function.Parameter(i), depth));
        return string.Join(' ', [name, .. arguments]);
    }

    private string Argument(GoType? type, int depth) => random.Next(12) switch
    {
        0 => Any(),
        1 when depth > 0 => $"({Call(depth - 1)})",
        _ => type switch
        {
            GoType.String => Pick(Strings),
            GoType.Int or GoType.Int64 or GoType.Uint32 => Pick(Integers),
            GoType.Float64 => Pick(Floats),
            GoType.Bool => Pick(["true", "false", ".Values.b"]),
            GoType.Time => Pick(Times),
            GoType.Any or GoType.Reflect or null => Any(),
            _ => Pick(random.Next(2) == 0 ? Dicts : Lists),
        },
    };

    private string Plain() => Pick(random.Next(6) switch { 0 => Integers, 1 => Floats, 2 => Lists, 3 => Dicts, 4 => Others, _ => Strings });

    private string Any() => Pick(random.Next(7) switch { 0 => Integers, 1 => Floats, 2 => Lists, 3 => Dicts, 4 => random.Next(2) == 0 ? Others : Objects, _ => Strings });

    private string Method() => Pick(
    [
        $"{Pick(Times)}.{Pick(["Format \"Mon Jan _2 15:04:05.000 MST 2006\"", "Unix", "UnixNano", "Year", "Month", "Weekday", "YearDay", "ISOWeek", "Zone", "ZoneBounds", "IsDST", "GoString", "Truncate 3600000000000", "Round 3600000000000",
            "MarshalText", "MarshalJSON", "MarshalBinary", "Date", "Clock", "UTC", "Local", "IsZero", "AddDate 1 1 1", "Nanosecond", "Compare (toDate \"2006\" \"2000\")", "Sub (toDate \"2006\" \"2000\")", "Add 5", "In nil", "String", "Foo", "GobEncode", "AppendFormat nil \"2006\"", "UnixMilli"])}",
        $"(semver {Pick(["\"1.2.3-rc.1+b\"", "\"v2.0\"", "\"1\""])}).{Pick(["Major", "Minor", "Patch", "Prerelease", "Metadata", "Original", "String", "IncMajor", "IncPatch", "Compare (semver \"1.0.0\")", "LessThan (semver \"9.0.0\")", "Equal (semver \"1.2.3\")", "SetPrerelease \"x\"", "Nope"])}",
        $"(toDate \"2006-01-02\" \"2024-02-29\").{Pick(["Month.String", "Weekday.String", "Month.Foo", "UTC.Location.String", "Year.x"])}",
        $"{Pick([".Files", ".Capabilities.APIVersions", ".Capabilities.KubeVersion", ".Values", ".Values.m", ".Chart", ".Release", "(urlParse \"http://a/b\")"])}.{Pick(["Get \"x\"", "Has \"v1\"", "Major", "Version", "AsMap", "YAML", "Table \"m\"", "PathValue \"m.y.z\"", "Name", "nope", "x", "host", "Lines \"x\"", "Glob \"*\"", "GitVersion", "Encode", "IsLibrary"])}",
    ]);

    private string Format()
    {
        string flags = Pick(["", "+", "-", "#", "0", " ", "+#", "-5", "8", "08", ".2", "8.3", "-8.1", "*", ".0", "[1]", "+.3"]);
        string verb = Pick(["v", "s", "d", "q", "x", "X", "t", "T", "f", "g", "e", "c", "U", "b", "o", "O", "z", "%", "G"]);
        return $"printf \"%{flags}{verb}|%v\" {Plain()}{(random.Next(3) == 0 ? "" : " " + Any())}";
    }

    private string Compare() => $"{Pick(["eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not", "deepEqual", "index", "slice", "len", "has", "contains", "hasKey", "get", "dig \"x\" \"y\"", "ternary 1 2"])} {Any()}{(random.Next(8) == 0 ? "" : " " + Any())}{(random.Next(5) == 0 ? " " + Any() : "")}";

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
