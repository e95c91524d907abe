namespace NaaS.Standalone.Template;

/// <summary>How a flag takes its values.</summary>
internal enum FlagKind
{
    /// <summary><c>--flag</c>, <c>--flag=false</c>.</summary>
    Switch,

    /// <summary>One text; the last one counts.</summary>
    Text,

    /// <summary>May be given several times.</summary>
    List,

    /// <summary>May be given several times, and each time with several values between commas.</summary>
    CommaList,
}

/// <summary>One flag of the command line and what was given for it.</summary>
/// <param name="Name">Name without its dashes.</param>
/// <param name="Letter">One-letter name; none where it is <c>'\0'</c>.</param>
/// <param name="Kind">How it takes its values.</param>
internal sealed record Flag(string Name, char Letter, FlagKind Kind)
{
    /// <summary>Value where the flag stands alone; null where it takes the next argument.</summary>
    public string? Alone { get; init; } = Kind == FlagKind.Switch ? "true" : null;

    /// <summary>Texts that are refused, with the reason.</summary>
    public Func<string, string?> Refuse { get; init; } = _ => null;

    /// <summary>All values in the order given.</summary>
    public List<string> Values { get; } = [];

    public bool IsGiven => Values.Count > 0;

    /// <summary>The value that counts; empty where none was given.</summary>
    public string Value => Values.Count > 0 ? Values[^1] : "";

    public bool IsOn => GoText.TryParseBoolean(Value, out var on) && on;

    /// <summary>As error texts call it: <c>-n, --namespace</c>.</summary>
    public string Title => Letter == '\0' ? $"--{Name}" : $"-{Letter}, --{Name}";

    public void Take(string value)
    {
        var refusal = Kind == FlagKind.Switch ? GoText.RefuseBoolean(value) : Refuse(value);
        if (refusal is not null)
        {
            throw new UsageException($"invalid argument \"{value}\" for \"{Title}\" flag: {refusal}");
        }

        if (Kind == FlagKind.CommaList)
        {
            Values.AddRange(CommaSeparated.Split(value));
        }
        else
        {
            Values.Add(value);
        }
    }
}
