namespace NaaS.Standalone.Template;

/// <summary>
/// Reads a command line by the rules of Helm's (pflag's): flags and arguments in any order, <c>--x=v</c>, <c>--x v</c>, <c>-xv</c>, <c>-x=v</c>,
/// letters together, <c>--</c> ends the flags. A general parser would differ in values that begin with a dash or hold <c>=</c> and <c>:</c>.
/// </summary>
internal sealed class FlagSet
{
    private readonly List<Flag> flags = [];

    public List<string> Arguments { get; } = [];

    public IEnumerable<Flag> Given => flags.Where(flag => flag.IsGiven);

    public Flag Add(Flag flag)
    {
        flags.Add(flag);
        return flag;
    }

    /// <exception cref="UsageException">A flag is unknown, or its value is missing or wrong.</exception>
    public void Parse(IEnumerable<string> commandLine)
    {
        var rest = new Queue<string>(commandLine);
        while (rest.TryDequeue(out var word))
        {
            if (word == "--")
            {
                Arguments.AddRange(rest);
                return;
            }

            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                ParseLong(word[2..], rest);
            }
            else if (word.Length > 1 && word[0] == '-')
            {
                ParseLetters(word, rest);
            }
            else
            {
                Arguments.Add(word);
            }
        }
    }

    private void ParseLong(string word, Queue<string> rest)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word : word[..equals];
        if (name.Length == 0 || name[0] == '-')
        {
            throw new UsageException($"bad flag syntax: --{word}");
        }

        var flag = flags.Find(candidate => candidate.Name == name) ?? throw new UsageException($"unknown flag: --{name}");
        if (equals >= 0)
        {
            flag.Take(word[(equals + 1)..]);
        }
        else
        {
            flag.Take(flag.Alone ?? (rest.TryDequeue(out var value) ? value : throw new UsageException($"flag needs an argument: --{name}")));
        }
    }

    private void ParseLetters(string word, Queue<string> rest)
    {
        for (var i = 1; i < word.Length; i++)
        {
            var flag = flags.Find(candidate => candidate.Letter == word[i])
                ?? throw new UsageException($"unknown shorthand flag: '{word[i]}' in -{word[i..]}");
            if (i + 2 < word.Length && word[i + 1] == '=')
            {
                flag.Take(word[(i + 2)..]);
                return;
            }

            if (flag.Alone is null)
            {
                flag.Take(i + 1 < word.Length
                    ? word[(i + 1)..]
                    : rest.TryDequeue(out var value) ? value : throw new UsageException($"flag needs an argument: '{word[i]}' in -{word[i..]}"));
                return;
            }

            flag.Take(flag.Alone);
        }
    }
}
