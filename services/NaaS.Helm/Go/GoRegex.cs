using System.Collections.Concurrent;
using System.Text;

namespace NaaS.Helm.Go;

/// <summary>
/// Go's regexp on byte strings. Runs all alternatives side by side (Pike's machine), so the time is linear in the text, and prefers
/// matches exactly as Go does: leftmost, then the first alternative.
/// </summary>
internal sealed class GoRegex
{
    private const int MaxCached = 512;
    private const int MaxInstructions = 100_000;
    private static readonly ConcurrentDictionary<string, GoRegex> Cache = new(StringComparer.Ordinal);

    private enum Op : byte
    {
        Rune, RuneFold, Class, Any, AnyNotNewLine, Split, Jump, Save, Assert, Match,
    }

    private struct Instruction
    {
        public Op Op;
        public int X;
        public int Y;
        public RuneClass? Class;
    }

    private readonly List<Instruction> program = [];
    private readonly List<(string Name, int Index)> names;
    private readonly string prefix;
    private readonly bool anchored;

    private GoRegex(string pattern)
    {
        var (root, parser) = GoRegexParser.Parse(pattern);
        Groups = parser.Captures + 1;
        names = parser.Names;
        Emit(new RegexNode(RegexKind.Capture) { Index = 0, Nodes = [root] });
        program.Add(new Instruction { Op = Op.Match });
        anchored = StartsAnchored(root);
        prefix = anchored ? "" : LiteralPrefix(root);
    }

    /// <summary>Number of groups, the whole match counted.</summary>
    public int Groups { get; }

    /// <summary>Compiles a pattern, or takes it from those compiled before; fails with <see cref="GoRegexException"/>.</summary>
    public static GoRegex Compile(string pattern)
    {
        if (Cache.TryGetValue(pattern, out var known))
        {
            return known;
        }
        var regex = new GoRegex(pattern);
        if (Cache.Count >= MaxCached)
        {
            Cache.Clear();
        }
        Cache[pattern] = regex;
        return regex;
    }

    private static bool StartsAnchored(RegexNode node) => node.Kind switch
    {
        RegexKind.BeginText => true,
        RegexKind.Concat => node.Nodes.Count > 0 && StartsAnchored(node.Nodes[0]),
        RegexKind.Capture => StartsAnchored(node.Nodes[0]),
        _ => false,
    };

    private static string LiteralPrefix(RegexNode root)
    {
        var to = new StringBuilder();
        foreach (var node in root.Kind == RegexKind.Concat ? root.Nodes : [root])
        {
            if (node.Kind != RegexKind.Literal || node.FoldCase)
            {
                break;
            }
            Utf8.Append(to, node.Rune);
        }
        return to.ToString();
    }

    private int Add(Instruction instruction)
    {
        if (program.Count >= MaxInstructions)
        {
            throw new GoRegexException("expression too large", "");
        }
        program.Add(instruction);
        return program.Count - 1;
    }

    private void Emit(RegexNode node)
    {
        switch (node.Kind)
        {
            case RegexKind.Empty:
                break;
            case RegexKind.Literal:
                Add(new Instruction { Op = node.FoldCase ? Op.RuneFold : Op.Rune, X = node.FoldCase ? Fold(node.Rune) : node.Rune });
                break;
            case RegexKind.Class:
                Add(new Instruction { Op = Op.Class, Class = node.Class });
                break;
            case RegexKind.Any:
                Add(new Instruction { Op = Op.Any });
                break;
            case RegexKind.AnyNotNewLine:
                Add(new Instruction { Op = Op.AnyNotNewLine });
                break;
            case RegexKind.Capture:
                Add(new Instruction { Op = Op.Save, X = node.Index * 2 });
                Emit(node.Nodes[0]);
                Add(new Instruction { Op = Op.Save, X = node.Index * 2 + 1 });
                break;
            case RegexKind.Concat:
                node.Nodes.ForEach(Emit);
                break;
            case RegexKind.Alternate:
                EmitAlternatives(node.Nodes);
                break;
            case RegexKind.Repeat:
                EmitRepeat(node);
                break;
            default:
                Add(new Instruction { Op = Op.Assert, X = (int)node.Kind });
                break;
        }
    }

    private void EmitAlternatives(List<RegexNode> branches)
    {
        var jumps = new List<int>();
        for (int i = 0; i < branches.Count; i++)
        {
            int split = i < branches.Count - 1 ? Add(new Instruction { Op = Op.Split }) : -1;
            Emit(branches[i]);
            if (split >= 0)
            {
                jumps.Add(Add(new Instruction { Op = Op.Jump }));
                Patch(split, split + 1, program.Count);
            }
        }
        jumps.ForEach(jump => Patch(jump, program.Count, 0));
    }

    private void EmitRepeat(RegexNode node)
    {
        var inner = node.Nodes[0];
        for (int i = 0; i < node.Min; i++)
        {
            if (i == node.Min - 1 && node.Max < 0)
            {
                // x+ : the last mandatory round is the loop's body.
                int body = program.Count;
                Emit(inner);
                int again = Add(new Instruction { Op = Op.Split });
                PatchChoice(again, body, again + 1, node.Lazy);
                return;
            }
            Emit(inner);
        }
        if (node.Max < 0)
        {
            int split = Add(new Instruction { Op = Op.Split });
            Emit(inner);
            // The loop's exit check stands after the body, so that an empty round ends it.
            int again = Add(new Instruction { Op = Op.Split });
            PatchChoice(again, split + 1, again + 1, node.Lazy);
            PatchChoice(split, split + 1, again + 1, node.Lazy);
            return;
        }
        var exits = new List<int>();
        for (int i = node.Min; i < node.Max; i++)
        {
            exits.Add(Add(new Instruction { Op = Op.Split }));
            Emit(inner);
        }
        exits.ForEach(exit => PatchChoice(exit, exit + 1, program.Count, node.Lazy));
    }

    private void Patch(int at, int x, int y)
    {
        var instruction = program[at];
        (instruction.X, instruction.Y) = (x, y);
        program[at] = instruction;
    }

    private void PatchChoice(int at, int body, int exit, bool lazy) => Patch(at, lazy ? exit : body, lazy ? body : exit);

    private static int Fold(int rune) => rune switch { 0x212A => 'k', 0x17F => 's', _ => GoUnicode.ToLower(GoUnicode.ToUpper(rune)) };

    // Threads in order of preference, one per instruction.
    private sealed class ThreadList(int size)
    {
        private readonly int[] sparse = new int[size];
        private readonly List<(int Instruction, int[] Captures)> dense = new(size);

        public List<(int Instruction, int[] Captures)> Threads => dense;

        public bool TryMark(int instruction, int[] captures)
        {
            int at = sparse[instruction];
            if (at < dense.Count && dense[at].Instruction == instruction)
            {
                return false;
            }
            sparse[instruction] = dense.Count;
            dense.Add((instruction, captures));
            return true;
        }

        public void Clear() => dense.Clear();
    }

    /// <summary>
    /// Finds the first match at or after a position: start and end of each group, -1 where it took no part; null where there is none.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="step">Told how much work was done, so that a bound can stop it.</param>
    /// <param name="groups">How many groups to keep track of.</param>
    public int[]? Find(string text, int start, Action<long>? step = null, int groups = int.MaxValue)
    {
        if (prefix.Length > 0)
        {
            start = text.IndexOf(prefix, start, StringComparison.Ordinal);
            if (start < 0)
            {
                return null;
            }
        }
        int slots = Math.Min(groups, Groups) * 2;
        var current = new ThreadList(program.Count);
        var next = new ThreadList(program.Count);
        var pending = new Stack<(int Instruction, int[] Captures)>();
        int[]? match = null;
        for (int at = start; ;)
        {
            if (match is null && (!anchored || at == 0))
            {
                AddThread(current, pending, 0, text, at, NewCaptures(slots));
            }
            if (current.Threads.Count == 0)
            {
                if (match is not null || (anchored && at > 0) || at >= text.Length)
                {
                    return match;
                }
            }
            step?.Invoke(1 + current.Threads.Count / 8);
            int width = 0;
            int rune = at < text.Length ? Utf8.Decode(text, at, out width) : -1;
            foreach (var (pc, captures) in current.Threads)
            {
                var instruction = program[pc];
                if (instruction.Op == Op.Match)
                {
                    match = captures;
                    break;
                }
                if (rune >= 0 && Matches(instruction, rune))
                {
                    AddThread(next, pending, pc + 1, text, at + width, captures);
                }
            }
            if (rune < 0)
            {
                return match;
            }
            (current, next) = (next, current);
            next.Clear();
            at += width;
        }
    }

    private static int[] NewCaptures(int slots)
    {
        int[] captures = new int[slots];
        Array.Fill(captures, -1);
        return captures;
    }

    private static bool Matches(in Instruction instruction, int rune) => instruction.Op switch
    {
        Op.Rune => rune == instruction.X,
        Op.RuneFold => Fold(rune) == instruction.X,
        Op.Class => instruction.Class!.Contains(rune),
        Op.Any => true,
        Op.AnyNotNewLine => rune != '\n',
        _ => false,
    };

    private void AddThread(ThreadList list, Stack<(int Instruction, int[] Captures)> pending, int pc, string text, int at, int[] captures)
    {
        pending.Push((pc, captures));
        while (pending.TryPop(out var thread))
        {
            if (!list.TryMark(thread.Instruction, thread.Captures))
            {
                continue;
            }
            var instruction = program[thread.Instruction];
            switch (instruction.Op)
            {
                case Op.Jump:
                    pending.Push((instruction.X, thread.Captures));
                    break;
                case Op.Split:
                    pending.Push((instruction.Y, thread.Captures));
                    pending.Push((instruction.X, thread.Captures));
                    break;
                case Op.Save:
                    int[] saved = thread.Captures;
                    if (instruction.X < saved.Length)
                    {
                        saved = (int[])saved.Clone();
                        saved[instruction.X] = at;
                    }
                    pending.Push((thread.Instruction + 1, saved));
                    break;
                case Op.Assert:
                    if (Holds((RegexKind)instruction.X, text, at))
                    {
                        pending.Push((thread.Instruction + 1, thread.Captures));
                    }
                    break;
            }
        }
    }

    private static bool Holds(RegexKind kind, string text, int at) => kind switch
    {
        RegexKind.BeginText => at == 0,
        RegexKind.EndText => at == text.Length,
        RegexKind.BeginLine => at == 0 || text[at - 1] == '\n',
        RegexKind.EndLine => at == text.Length || text[at] == '\n',
        RegexKind.WordBoundary => AtWord(text, at - 1) != AtWord(text, at),
        _ => AtWord(text, at - 1) == AtWord(text, at),
    };

    private static bool AtWord(string text, int at) => at >= 0 && at < text.Length && GoRegexParser.IsWord(text[at]);

    /// <summary>All matches that do not overlap, as Go counts them: an empty one directly after another is left out.</summary>
    public IEnumerable<int[]> FindAll(string text, long limit = -1, Action<long>? step = null, int groups = 1)
    {
        int previousEnd = -1;
        long found = 0;
        for (int at = 0; at <= text.Length && (limit < 0 || found < limit);)
        {
            int[]? match = Find(text, at, step, groups);
            if (match is null)
            {
                yield break;
            }
            bool accept = true;
            if (match[1] == at && match[0] == match[1])
            {
                accept = match[0] != previousEnd;
                if (at >= text.Length)
                {
                    at++;
                }
                else
                {
                    Utf8.Decode(text, at, out int width);
                    at += width;
                }
            }
            else
            {
                at = match[1];
            }
            previousEnd = match[1];
            if (accept)
            {
                found++;
                yield return match;
            }
        }
    }

    /// <summary>Replaces all matches by what a function makes of each.</summary>
    public string ReplaceAll(string text, Action<StringBuilder, int[]> replacement, Action<long>? step, int groups)
    {
        int last = 0;
        int search = 0;
        var to = new StringBuilder();
        while (search <= text.Length)
        {
            int[]? match = Find(text, search, step, groups);
            if (match is null)
            {
                break;
            }
            to.Append(text, last, match[0] - last);
            // An empty match directly after the one before is not replaced.
            if (match[1] > last || match[0] == 0)
            {
                replacement(to, match);
            }
            last = match[1];
            int width = 0;
            if (search < text.Length)
            {
                Utf8.Decode(text, search, out width);
            }
            search = search + width > match[1] ? search + width : search + 1 > match[1] ? search + 1 : match[1];
        }
        return to.Append(text, last, text.Length - last).ToString();
    }

    /// <summary>Appends a template with its <c>$1</c>, <c>${name}</c> filled in.</summary>
    public void Expand(StringBuilder to, string template, string text, int[] match)
    {
        int at = 0;
        while (at < template.Length)
        {
            int dollar = template.IndexOf('$', at);
            if (dollar < 0)
            {
                break;
            }
            to.Append(template, at, dollar - at);
            at = dollar;
            if (at + 1 < template.Length && template[at + 1] == '$')
            {
                to.Append('$');
                at += 2;
                continue;
            }
            if (!TryReference(template, at, out string name, out int end))
            {
                to.Append('$');
                at++;
                continue;
            }
            at = end;
            int group = name.All(char.IsAsciiDigit)
                ? name.Length < 9 ? int.Parse(name, System.Globalization.CultureInfo.InvariantCulture) : -1
                : names.Where(named => named.Name == name && match[named.Index * 2] >= 0).Select(named => named.Index).FirstOrDefault(-1);
            if (group >= 0 && group * 2 < match.Length && match[group * 2] >= 0)
            {
                to.Append(text, match[group * 2], match[group * 2 + 1] - match[group * 2]);
            }
        }
        to.Append(template, at, template.Length - at);
    }

    private static bool TryReference(string template, int dollar, out string name, out int end)
    {
        bool brace = dollar + 1 < template.Length && template[dollar + 1] == '{';
        int start = dollar + (brace ? 2 : 1);
        end = start;
        while (end < template.Length)
        {
            int rune = Utf8.Decode(template, end, out int width);
            if (rune != '_' && !GoUnicode.IsLetter(rune) && !GoUnicode.IsDigit(rune))
            {
                break;
            }
            end += width;
        }
        name = template[start..end];
        if (name.Length == 0 || (brace && (end >= template.Length || template[end] != '}')))
        {
            return false;
        }
        end += brace ? 1 : 0;
        return true;
    }

    /// <summary>Escapes what has a meaning in a pattern.</summary>
    public static string QuoteMeta(string text)
    {
        var to = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            if ("\\.+*?()|[]{}^$".Contains(c))
            {
                to.Append('\\');
            }
            to.Append(c);
        }
        return to.ToString();
    }
}
