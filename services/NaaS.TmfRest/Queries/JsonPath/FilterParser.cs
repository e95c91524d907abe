using System.Text;
using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Queries.JsonPath;

/// <summary>
/// Reads the subset of JSONPath that is offered: <c>array[?(...)]</c>, <c>$.array[?(...)]</c>, <c>$[?(...)]</c> and <c>[?(...)]</c> with
/// <c>== != &gt; &gt;= &lt; &lt;= =~ ! &amp;&amp; ||</c>, parentheses and <c>@.attribute</c>. What is malformed is a 400, what is not offered a 501.
/// </summary>
internal sealed class FilterParser
{
    private const int Longest = 2000;
    private const int MostComparisons = 30;
    private const int Deepest = 30;
    private static readonly (string Sign, Operator Operator)[] Operators =
    [
        ("==", Operator.Equal), ("!=", Operator.NotEqual), (">=", Operator.GreaterOrEqual), ("<=", Operator.LessOrEqual), ("=~", Operator.Regex),
        (">", Operator.Greater), ("<", Operator.Less),
    ];

    private readonly Type model;
    private readonly string text;
    private int at;
    private int comparisons;
    private int depth;
    private List<string> target = [];

    private FilterParser(Type model, string text)
    {
        this.model = model;
        this.text = text;
    }

    public static ElementFilter Parse(Type model, string text) =>
        text.Length <= Longest ? new FilterParser(model, text).Read() : throw new InvalidQueryException($"filter: at most {Longest} characters are taken");

    private ElementFilter Read()
    {
        Take("$");
        target = Take("..") ? throw NotOffered("descent") : Path(first: true);
        Expect("[?(");
        var condition = Either();
        Expect(")");
        Expect("]");
        return at == text.Length ? new ElementFilter(target, condition) : throw NotOffered($"'{text[at..]}' after the condition");
    }

    private ElementCondition Either()
    {
        if (++depth > Deepest)
        {
            throw new InvalidQueryException($"filter: at most {Deepest} levels of parentheses are taken");
        }

        var left = Both();
        while (Take("||"))
        {
            left = new ElementCondition.Or(left, Both());
        }

        depth--;
        return left;
    }

    private ElementCondition Both()
    {
        var left = Single();
        while (Take("&&"))
        {
            left = new ElementCondition.And(left, Single());
        }

        return left;
    }

    private ElementCondition Single()
    {
        var negations = 0;
        while (!Peek("!=") && Take("!"))
        {
            negations++;
        }

        ElementCondition inner;
        if (Take("("))
        {
            inner = Either();
            Expect(")");
        }
        else
        {
            inner = Comparison();
        }

        return negations % 2 == 0 ? inner : new ElementCondition.Not(inner);
    }

    private ElementCondition Comparison()
    {
        if (++comparisons > MostComparisons)
        {
            throw new InvalidQueryException($"filter: at most {MostComparisons} comparisons are taken");
        }

        Expect("@");
        var path = Path(first: false);
        if (path.Count == 0)
        {
            throw NotOffered("a comparison of the element itself");
        }

        var name = string.Join('.', target.Concat(path));
        if (AttributePath.Find(model, name) is null)
        {
            throw new InvalidQueryException($"filter: {name} is not an attribute of {model.Name}");
        }

        foreach (var (sign, comparison) in Operators)
        {
            if (Take(sign))
            {
                return Compared(path, name, comparison, Value(comparison));
            }
        }

        return new ElementCondition.Exists(path);
    }

    private static ElementCondition Compared(List<string> path, string name, Operator comparison, string value)
    {
        if (comparison == Operator.Regex)
        {
            CommonRegex.Check(name, value);
        }

        if (comparison is not (Operator.Equal or Operator.NotEqual or Operator.Regex) && Literal.Of(value) is var literal && (literal.DayEnd is not null || literal.Text != value))
        {
            throw NotOffered("a comparison of dates; use a plain filter such as note.date.gt");
        }

        return comparison == Operator.NotEqual
            ? new ElementCondition.Not(new ElementCondition.Compares(path, Operator.Equal, value))
            : new ElementCondition.Compares(path, comparison, value);
    }

    private List<string> Path(bool first)
    {
        var names = new List<string>();
        while (true)
        {
            if (Peek("[?"))
            {
                return names;
            }

            if (Take("['"))
            {
                names.Add(Until('\''));
                Expect("]");
            }
            else if (Take("[\""))
            {
                names.Add(Until('"'));
                Expect("]");
            }
            else if (Take("[*]"))
            {
                // Arrays are gone through anyway.
            }
            else if (Take(".") || (first && names.Count == 0 && at < text.Length && IsName(text[at])))
            {
                names.Add(Name());
            }
            else
            {
                return names;
            }
        }
    }

    private string Name()
    {
        var start = at;
        while (at < text.Length && IsName(text[at]))
        {
            at++;
        }

        return at > start ? text[start..at] : throw Wrong("an attribute name");
    }

    private static bool IsName(char character) => char.IsLetterOrDigit(character) || character is '_' or '-' or '@';

    private string Value(Operator comparison)
    {
        Blanks();
        if (Take("'"))
        {
            return Until('\'');
        }

        if (Take("\""))
        {
            return Until('"');
        }

        if (comparison == Operator.Regex && Take("/"))
        {
            return Until('/');
        }

        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '.' or '-' or '+'))
        {
            at++;
        }

        var word = text[start..at];
        return word is "null" ? throw NotOffered("null")
            : word is "true" or "false" || Literal.Of(word).Number is not null ? word
            : throw Wrong("a value in quotes, a number or a boolean");
    }

    private string Until(char end)
    {
        var value = new StringBuilder();
        while (at < text.Length && text[at] != end)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] == end)
            {
                at++;
            }

            value.Append(text[at++]);
        }

        Expect(end.ToString());
        return value.ToString();
    }

    private void Blanks()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
    }

    private bool Peek(string sign) => text.AsSpan(at).TrimStart(' ').StartsWith(sign, StringComparison.Ordinal);

    private bool Take(string sign)
    {
        if (!Peek(sign))
        {
            return false;
        }

        Blanks();
        at += sign.Length;
        return true;
    }

    private void Expect(string sign)
    {
        if (!Take(sign))
        {
            throw Wrong($"'{sign}'");
        }
    }

    private InvalidQueryException Wrong(string expected) => new($"filter: {expected} is expected at position {at + 1}");

    private static NotOfferedException NotOffered(string what) => new($"filter: {what} is not offered");
}
