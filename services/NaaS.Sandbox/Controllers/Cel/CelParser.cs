using System.Text.RegularExpressions;

namespace NaaS.Sandbox.Controllers.Cel;

/// <summary>Compiles an expression by recursive descent, one method per level of precedence.</summary>
internal sealed class CelParser
{
    private const int MaxDepth = 100;
    private readonly string _source;
    private readonly List<CelToken> _tokens;
    private readonly HashSet<string> _names;
    private int _at;
    private int _depth;

    public CelParser(string source, IEnumerable<string> variables)
    {
        _source = source;
        _tokens = CelScanner.Scan(source);
        _names = [.. variables];
    }

    private CelToken Now => _tokens[_at];

    public CelNode Parse()
    {
        var root = Conditional();
        return Now.Kind == CelTokenKind.End ? root : throw Unexpected();
    }

    private CelNode Conditional()
    {
        if (++_depth > MaxDepth)
        {
            throw CelException.At(_source, Now.Position, "expression recursion limit exceeded");
        }

        var condition = Or();
        if (Take("?"))
        {
            var then = Or();
            Expect(":");
            var otherwise = Conditional();
            var test = condition;
            condition = new CelNode(scope => CelValues.Truth(test.Evaluate(scope)) ? then.Evaluate(scope) : otherwise.Evaluate(scope));
        }

        _depth--;
        return condition;
    }

    private CelNode Or()
    {
        var left = And();
        while (Take("||"))
        {
            left = Logical(left, And(), decisive: true);
        }

        return left;
    }

    private CelNode And()
    {
        var left = Relation();
        while (Take("&&"))
        {
            left = Logical(left, Relation(), decisive: false);
        }

        return left;
    }

    // In CEL an error on one side of && or || does not matter if the other side decides.
    private static CelNode Logical(CelNode left, CelNode right, bool decisive) => new(scope =>
    {
        try
        {
            if (CelValues.Truth(left.Evaluate(scope)) == decisive)
            {
                return decisive;
            }
        }
        catch (CelException)
        {
            if (CelValues.Truth(right.Evaluate(scope)) == decisive)
            {
                return decisive;
            }

            throw;
        }

        return CelValues.Truth(right.Evaluate(scope));
    });

    private CelNode Relation()
    {
        var left = Sum();
        while (true)
        {
            var sign = Now.Text;
            if (Now.Kind == CelTokenKind.Name && sign == "in")
            {
                _at++;
                var (item, container) = (left, Sum());
                left = new CelNode(scope => CelValues.Contains(container.Evaluate(scope), item.Evaluate(scope)));
            }
            else if (Now.Kind == CelTokenKind.Sign && sign is "==" or "!=" or "<" or "<=" or ">" or ">=")
            {
                _at++;
                left = Comparison(sign, left, Sum());
            }
            else
            {
                return left;
            }
        }
    }

    private static CelNode Comparison(string sign, CelNode a, CelNode b) => sign switch
    {
        "==" => new(scope => CelValues.Equals(a.Evaluate(scope), b.Evaluate(scope))),
        "!=" => new(scope => !CelValues.Equals(a.Evaluate(scope), b.Evaluate(scope))),
        "<" => new(scope => CelValues.Compare(a.Evaluate(scope), b.Evaluate(scope)) < 0),
        "<=" => new(scope => CelValues.Compare(a.Evaluate(scope), b.Evaluate(scope)) <= 0),
        ">" => new(scope => CelValues.Compare(a.Evaluate(scope), b.Evaluate(scope)) > 0),
        _ => new(scope => CelValues.Compare(a.Evaluate(scope), b.Evaluate(scope)) >= 0),
    };

    private CelNode Sum()
    {
        var left = Product();
        while (Now.Kind == CelTokenKind.Sign && Now.Text is "+" or "-")
        {
            left = Arithmetic(left, Product);
        }

        return left;
    }

    private CelNode Product()
    {
        var left = Unary();
        while (Now.Kind == CelTokenKind.Sign && Now.Text is "*" or "/" or "%")
        {
            left = Arithmetic(left, Unary);
        }

        return left;
    }

    private CelNode Arithmetic(CelNode left, Func<CelNode> next)
    {
        var sign = _tokens[_at++].Text;
        var right = next();
        return new CelNode(scope => CelValues.Calculate(sign, left.Evaluate(scope), right.Evaluate(scope)));
    }

    private CelNode Unary()
    {
        if (Take("!"))
        {
            var operand = Unary();
            return new CelNode(scope => !CelValues.Truth(operand.Evaluate(scope)));
        }

        if (Take("-"))
        {
            var operand = Unary();
            return new CelNode(scope => operand.Evaluate(scope) switch
            {
                long whole => -whole,
                double real => (object)-real,
                _ => throw new CelException("no such overload"),
            });
        }

        return Member();
    }

    private CelNode Member()
    {
        var target = Primary();
        while (true)
        {
            if (Take("."))
            {
                if (Now.Kind != CelTokenKind.Name)
                {
                    throw CelException.At(_source, Now.Position, $"Syntax error: no viable alternative at input '.{Now.Text}'");
                }

                var name = _tokens[_at++];
                target = Take("(") ? Method(target, name) : Selection(target, name.Text);
            }
            else if (Take("["))
            {
                var (container, index) = (target, Conditional());
                Expect("]");
                target = new CelNode(scope => CelValues.Index(container.Evaluate(scope), index.Evaluate(scope)));
            }
            else
            {
                return target;
            }
        }
    }

    private static CelNode Selection(CelNode target, string name) => new(
        scope => CelValues.Field(target.Evaluate(scope), name),
        scope => CelValues.HasField(target.Evaluate(scope), name));

    private CelNode Method(CelNode target, CelToken name)
    {
        if (name.Text is "all" or "exists" or "exists_one" or "filter" or "map")
        {
            return Macro(target, name.Text);
        }

        var arguments = Arguments();
        if (name.Text == "size" && arguments.Count == 0)
        {
            return new CelNode(scope => CelValues.Size(target.Evaluate(scope)));
        }

        Func<string, string, object>? method = (name.Text, arguments.Count) switch
        {
            ("startsWith", 1) => (text, argument) => text.StartsWith(argument, StringComparison.Ordinal),
            ("endsWith", 1) => (text, argument) => text.EndsWith(argument, StringComparison.Ordinal),
            ("contains", 1) => (text, argument) => text.Contains(argument, StringComparison.Ordinal),
            ("matches", 1) => (text, argument) => Regex.IsMatch(text, argument, RegexOptions.NonBacktracking),
            ("lowerAscii", 0) => (text, _) => text.ToLowerInvariant(),
            ("upperAscii", 0) => (text, _) => text.ToUpperInvariant(),
            _ => null,
        };
        if (method is null)
        {
            throw CelException.At(_source, name.Position, $"undeclared reference to '{name.Text}' (in container '')");
        }

        return new CelNode(scope => target.Evaluate(scope) is string text
            && (arguments.Count == 0 ? "" : arguments[0].Evaluate(scope)) is string argument
                ? method(text, argument) : throw new CelException("no such overload"));
    }

    private CelNode Macro(CelNode target, string macro)
    {
        var variable = Now.Kind == CelTokenKind.Name ? _tokens[_at++].Text : throw Unexpected();
        Expect(",");
        var added = _names.Add(variable);
        var body = Conditional();
        if (added)
        {
            _names.Remove(variable);
        }

        Expect(")");
        object? Of(CelScope? scope, object? item) => body.Evaluate(new CelScope(variable, item, scope));
        bool Test(CelScope? scope, object? item) => CelValues.Truth(Of(scope, item));
        return macro switch
        {
            "all" => new(scope => CelValues.Range(target.Evaluate(scope)).All(item => Test(scope, item))),
            "exists" => new(scope => CelValues.Range(target.Evaluate(scope)).Any(item => Test(scope, item))),
            "exists_one" => new(scope => CelValues.Range(target.Evaluate(scope)).Count(item => Test(scope, item)) == 1),
            "filter" => new(scope => CelValues.Range(target.Evaluate(scope)).Where(item => Test(scope, item)).ToList()),
            _ => new(scope => CelValues.Range(target.Evaluate(scope)).Select(item => Of(scope, item)).ToList()),
        };
    }

    private CelNode Primary()
    {
        var token = Now;
        switch (token.Kind)
        {
            case CelTokenKind.Whole or CelTokenKind.Real or CelTokenKind.Text:
                _at++;
                return new CelNode(_ => token.Value);
            case CelTokenKind.Name:
                _at++;
                return Take("(") ? Function(token) : Variable(token);
            case CelTokenKind.Sign when Take("("):
                var inner = Conditional();
                Expect(")");
                return inner;
            case CelTokenKind.Sign when Take("["):
                var items = Arguments("]");
                return new CelNode(scope => items.Select(item => item.Evaluate(scope)).ToList());
            default:
                throw Unexpected();
        }
    }

    private CelNode Variable(CelToken token) => token.Text switch
    {
        "true" => new(_ => true),
        "false" => new(_ => false),
        "null" => new(_ => null),
        var name when _names.Contains(name) => new(scope => CelScope.Find(scope, name)),
        var name => throw CelException.At(_source, token.Position, $"undeclared reference to '{name}' (in container '')"),
    };

    private CelNode Function(CelToken name)
    {
        var arguments = Arguments();
        var only = arguments.Count == 1 ? arguments[0] : null;
        return name.Text switch
        {
            "has" when only?.Has is { } has => new(scope => has(scope)),
            "has" => throw CelException.At(_source, name.Position, "invalid argument to has() macro"),
            "size" when only is not null => new(scope => CelValues.Size(only.Evaluate(scope))),
            "int" or "double" or "string" when only is not null => new(scope => CelValues.Convert(name.Text, only.Evaluate(scope))),
            _ => throw CelException.At(_source, name.Position, $"undeclared reference to '{name.Text}' (in container '')"),
        };
    }

    private List<CelNode> Arguments(string end = ")")
    {
        var arguments = new List<CelNode>();
        while (!Take(end))
        {
            if (arguments.Count > 0)
            {
                Expect(",");
            }

            arguments.Add(Conditional());
        }

        return arguments;
    }

    private bool Take(string sign)
    {
        if (Now.Kind != CelTokenKind.Sign || Now.Text != sign)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(string sign)
    {
        if (!Take(sign))
        {
            throw CelException.At(_source, Now.Position, $"Syntax error: missing '{sign}' at '{Now.Text}'");
        }
    }

    private CelException Unexpected() =>
        CelException.At(_source, Now.Position, $"Syntax error: mismatched input '{Now.Text}'");
}
