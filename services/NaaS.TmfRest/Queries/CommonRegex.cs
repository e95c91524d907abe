using System.Text.RegularExpressions;
using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Queries;

/// <summary>
/// The regular expressions that .NET and PostgreSQL understand alike: literals, <c>. ^ $ * + ? | ( ) [ ]</c>, <c>{m,n}</c> and escaped signs.
/// Letters after a backslash, look-around and lazy forms are refused.
/// </summary>
internal static partial class CommonRegex
{
    private const int Longest = 200;

    public static void Check(string name, string expression)
    {
        if (expression.Length > Longest)
        {
            throw new InvalidQueryException($"{name}.regex: at most {Longest} characters are taken");
        }

        if (Foreign().Match(expression) is { Success: true } foreign)
        {
            throw new InvalidQueryException($"{name}.regex: '{foreign.Value}' is not offered");
        }

        try
        {
            _ = new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidQueryException($"{name}.regex: {exception.Message}");
        }
    }

    [GeneratedRegex(@"\\[A-Za-z0-9]|\(\?|[*+?}][?+*]|\[\[|\[:|^\*", RegexOptions.CultureInvariant)]
    private static partial Regex Foreign();
}
