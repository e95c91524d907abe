using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>sprig's regular expressions: RE2, in time linear in the text.</summary>
internal static class RegexFunctions
{
    public static void Register(FunctionBuilder table)
    {
        table.Add("regexMatch", [GoType.String, GoType.String], (evaluator, args) => IsMatch(evaluator, args, must: false));
        table.Add("mustRegexMatch", [GoType.String, GoType.String], (evaluator, args) => IsMatch(evaluator, args, must: true));
        Both(table, "Find", [GoType.String, GoType.String], Find);
        Both(table, "FindAll", [GoType.String, GoType.String, Int], FindAll);
        Both(table, "ReplaceAll", [GoType.String, GoType.String, GoType.String], ReplaceAll);
        Both(table, "ReplaceAllLiteral", [GoType.String, GoType.String, GoType.String], ReplaceAllLiteral);
        Both(table, "Split", [GoType.String, GoType.String, Int], Split);
        table.Add("regexQuoteMeta", [GoType.String], (_, args) => GoRegex.QuoteMeta((string)args[0]!));
    }

    // The plain forms panic on a bad pattern, the must forms return its error: two wordings.
    private static void Both(FunctionBuilder table, string name, GoType[] parameters, Func<Evaluator, GoRegex, object?[], object?> body)
    {
        table.Add("regex" + name, parameters, (evaluator, args) => body(evaluator, Compile((string)args[0]!, panics: true), args));
        table.Add("mustRegex" + name, parameters, (evaluator, args) => body(evaluator, Compile((string)args[0]!, panics: false), args));
    }

    private static GoRegex Compile(string pattern, bool panics)
    {
        try
        {
            return GoRegex.Compile(pattern);
        }
        catch (GoRegexException error)
        {
            throw new FunctionException(panics ? $"regexp: Compile({Quoted(pattern)}): {error.Message}" : error.Message);
        }
    }

    private static string Quoted(string pattern) => GoQuote.CanBackquote(pattern) ? $"`{pattern}`" : GoQuote.Quote(pattern);

    private static bool IsMatch(Evaluator evaluator, object?[] args, bool must)
    {
        GoRegex regex;
        try
        {
            regex = GoRegex.Compile((string)args[0]!);
        }
        catch (GoRegexException error)
        {
            return must ? throw new FunctionException(error.Message) : false;
        }
        return regex.Find((string)args[1]!, 0, evaluator.Step, 0) is not null;
    }

    private static object? Find(Evaluator evaluator, GoRegex regex, object?[] args)
    {
        string text = (string)args[1]!;
        int[]? match = regex.Find(text, 0, evaluator.Step, 1);
        return match is null ? "" : text[match[0]..match[1]];
    }

    private static GoList FindAll(Evaluator evaluator, GoRegex regex, object?[] args)
    {
        string text = (string)args[1]!;
        var matches = regex.FindAll(text, (nint)args[2]!, evaluator.Step).Select(match => text[match[0]..match[1]]).ToList();
        evaluator.CheckElements(matches.Count, "regexFindAll");
        return matches.Count == 0 ? new GoList(GoList.OfStrings) { IsNil = true } : ListFunctions.OfStrings(matches);
    }

    private static object? ReplaceAll(Evaluator evaluator, GoRegex regex, object?[] args)
    {
        string text = (string)args[1]!;
        string template = (string)args[2]!;
        return regex.ReplaceAll(
            text,
            (to, match) =>
            {
                regex.Expand(to, template, text, match);
                evaluator.CheckText(to.Length, work: 1);
            },
            evaluator.Step,
            template.Contains('$') ? int.MaxValue : 1);
    }

    private static object? ReplaceAllLiteral(Evaluator evaluator, GoRegex regex, object?[] args) => regex.ReplaceAll(
        (string)args[1]!,
        (to, _) =>
        {
            to.Append((string)args[2]!);
            evaluator.CheckText(to.Length, work: 1);
        },
        evaluator.Step,
        1);

    private static GoList Split(Evaluator evaluator, GoRegex regex, object?[] args)
    {
        string text = (string)args[1]!;
        long limit = (nint)args[2]!;
        if (limit == 0)
        {
            return new GoList(GoList.OfStrings) { IsNil = true };
        }
        if (((string)args[0]!).Length > 0 && text.Length == 0)
        {
            return ListFunctions.OfStrings([""]);
        }
        var parts = new List<string>();
        int begin = 0;
        int end = 0;
        foreach (int[] match in regex.FindAll(text, limit, evaluator.Step))
        {
            if (limit > 0 && parts.Count == limit - 1)
            {
                break;
            }
            end = match[0];
            if (match[1] != 0)
            {
                parts.Add(text[begin..end]);
            }
            begin = match[1];
        }
        if (end != text.Length)
        {
            parts.Add(text[begin..]);
        }
        evaluator.CheckElements(parts.Count, "regexSplit");
        return ListFunctions.OfStrings(parts);
    }
}
