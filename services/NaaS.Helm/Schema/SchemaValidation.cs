using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NaaS.Helm.Go;

namespace NaaS.Helm.Schema;

/// <summary>Checks a value against a compiled schema and tells what is wrong with it, members in name order.</summary>
internal sealed class SchemaValidation
{
    /// <summary>More checks than any honest schema needs: references can double the work at every step.</summary>
    private const int MaxSteps = 5_000_000;

    /// <summary>The order in which messages name types.</summary>
    private static readonly string[] TypeOrder = ["null", "boolean", "number", "integer", "string", "array", "object"];

    private int steps;

    /// <summary>What is wrong with a value, or null.</summary>
    public SchemaError? Validate(SchemaNode schema, object? value) =>
        Check(new At(schema, value, [], new Scope(schema, "", 0, null), Unevaluated.Of(value, schema, false), Quick: false));

    /// <summary>Whether a value is as it should be, without telling why not.</summary>
    public bool Accepts(SchemaNode schema, object? value) =>
        Check(new At(schema, value, [], new Scope(schema, "", 0, null), Unevaluated.Of(value, schema, false), Quick: true)) is null;

    private SchemaError? Check(At at)
    {
        if (++steps > MaxSteps)
        {
            throw new HelmException($"checking the values against their schema takes more than {MaxSteps} steps");
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new HelmException("schema or values are nested too deeply");
        }

        var s = at.Schema;
        if (s.Always is { } always)
        {
            return always ? null : at.Error("false schema");
        }

        if (at.Scope.Cycle() is { } cycle)
        {
            return at.Error($"both {at.Scope.Keywords()} and {cycle.Keywords()} resolve to \"{s.Location}\" causing reference cycle");
        }

        if (CheckKind(at) is { } kind)
        {
            return kind;
        }

        if (s.Ref is not null)
        {
            var error = Refer(at, s.Ref, "$ref");
            if (s.Draft < 2019)
            {
                return error;
            }

            at.Add(error);
        }

        switch (at.Value)
        {
            case GoMap map:
                CheckObject(at, map);
                break;
            case GoList list:
                CheckArray(at, list);
                break;
            case string text:
                CheckString(at, text);
                break;
            case not (null or bool):
                CheckNumber(at);
                break;
        }

        if (at.IsGood || !at.Quick)
        {
            CheckDynamicReferences(at);
            CheckCombinations(at);
            CheckUnevaluated(at);
        }

        if (at.IsGood)
        {
            return null;
        }

        return at.Errors.Count switch
        {
            1 => at.Errors[0],
            _ => new SchemaError(at.Path, "validation failed", at.Errors, IsGroup: true),
        };
    }

    private static SchemaError? CheckKind(At at)
    {
        var s = at.Schema;
        if (s.Types is { Count: > 0 } types)
        {
            var type = TypeOf(at.Value);
            var matches = types.Contains(type) || (type == "number" && types.Contains("integer") && IsInteger(at.Value));
            if (!matches)
            {
                return at.Error($"got {type}, want {string.Join(" or ", types.OrderBy(t => Array.IndexOf(TypeOrder, t)))}");
            }
        }

        if (s.Const.Given && !Same(at.Value, s.Const.Value))
        {
            return at.Error(s.Const.Value is GoMap or GoList ? "'const' failed" : $"value must be {SchemaError.Display(s.Const.Value)}");
        }

        if (s.Enum is { } values && !values.Any(v => Same(at.Value, v)))
        {
            return at.Error(values.Any(v => v is GoMap or GoList)
                ? "'enum' failed"
                : $"value must be {(values.Count == 1 ? "" : "one of ")}{string.Join(", ", values.Select(SchemaError.Display))}");
        }

        return s.Format is { } format && at.Value is string text && format.Check(GoString.ToText(text)) is { } problem
            ? at.Error($"{SchemaError.Quote(text)} is not valid {format.Name}: {problem}")
            : null;
    }

    private static bool IsInteger(object? value) => value is double number ? Math.Truncate(number) == number : ExactNumber.Of(value) is { IsInteger: true };

    private static string TypeOf(object? value) => value switch
    {
        null => "null",
        bool => "boolean",
        string => "string",
        GoMap => "object",
        GoList => "array",
        _ => "number",
    };

    private static bool Same(object? a, object? b) => (a, b) switch
    {
        (GoMap x, GoMap y) => x.Count == y.Count && x.All(p => y.TryGetValue(p.Key, out var other) && Same(p.Value, other)),
        (GoList x, GoList y) => x.Count == y.Count && x.Zip(y).All(pair => Same(pair.First, pair.Second)),
        (null, null) => true,
        (bool x, bool y) => x == y,
        (string x, string y) => x == y,
        _ => ExactNumber.Of(a) is { } m && ExactNumber.Of(b) is { } n && m.CompareTo(n) == 0,
    };

    private void CheckObject(At at, GoMap map)
    {
        var s = at.Schema;
        if (map.Count < s.MinProperties)
        {
            at.Fail($"minProperties: got {ExactNumber.Shown(map.Count)}, want {ExactNumber.Shown(s.MinProperties.Value)}");
        }

        if (map.Count > s.MaxProperties)
        {
            at.Fail($"maxProperties: got {ExactNumber.Shown(map.Count)}, want {ExactNumber.Shown(s.MaxProperties.Value)}");
        }

        if (s.Required.Count > 0)
        {
            RequireMembers(at, map, s.Required);
        }

        if (at.Quick && !at.IsGood)
        {
            return;
        }

        if (s.Dependencies.Length > 0)
        {
            CheckDependencies(at, map, s.Dependencies);
        }

        CheckMembers(at, map);
        if (s.PropertyNames is not null)
        {
            foreach (var name in map.Keys.Order(StringComparer.Ordinal))
            {
                if (Validate(s.PropertyNames, name) is { } error)
                {
                    // The library tells these without their place.
                    at.Add(new SchemaError([], $"invalid propertyName {SchemaError.Quote(name)}", error.IsGroup ? error.Causes : [error]));
                }
            }
        }

        if (s.Dependents.Length > 0)
        {
            CheckDependencies(at, map, s.Dependents);
        }
    }

    private static void RequireMembers(At at, GoMap map, IReadOnlyList<string> required)
    {
        var missing = required.Where(name => !map.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            at.Fail($"missing {(missing.Count == 1 ? "property" : "properties")} {Quoted(missing)}");
        }
    }

    private void CheckDependencies(At at, GoMap map, (string Property, IReadOnlyList<string>? Required, SchemaNode? Node)[] dependencies)
    {
        foreach (var (property, required, node) in dependencies.Where(d => map.ContainsKey(d.Property)))
        {
            if (node is not null)
            {
                at.Add(Self(at, node, ""));
                continue;
            }

            var missing = required!.Where(name => !map.ContainsKey(name)).ToList();
            if (missing.Count > 0)
            {
                at.Fail($"properties {Quoted(missing)} required, if {SchemaError.Quote(property)} exists");
            }
        }
    }

    private void CheckMembers(At at, GoMap map)
    {
        var s = at.Schema;
        if (s.Properties.Count == 0 && s.PatternProperties.Count == 0 && s.AdditionalProperties is null)
        {
            return;
        }

        List<string> additional = [];

        // The order matters to the messages only.
        foreach (var name in at.Quick ? map.Keys.ToArray() : GoTypes.SortedKeys(map))
        {
            var value = map[name];
            if (at.Quick && !at.IsGood)
            {
                return;
            }

            var evaluated = false;
            if (s.Properties.TryGetValue(name, out var property))
            {
                evaluated = true;
                at.Add(Below(at, property, value, name));
            }

            foreach (var (pattern, node) in s.PatternProperties)
            {
                if (pattern.Find(name, 0) is not null)
                {
                    evaluated = true;
                    at.Add(Below(at, node, value, name));
                }
            }

            if (!evaluated && s.AdditionalProperties is { } rest)
            {
                evaluated = true;
                if (rest.Always == false)
                {
                    additional.Add(name);
                }
                else
                {
                    at.Add(Below(at, rest, value, name));
                }
            }

            if (evaluated)
            {
                at.Unevaluated.Properties?.Remove(name);
            }
        }

        if (additional.Count > 0)
        {
            at.Fail($"additional properties {Quoted(additional)} not allowed");
        }
    }

    private void CheckArray(At at, GoList list)
    {
        var s = at.Schema;
        if (list.Count < s.MinItems)
        {
            at.Fail($"minItems: got {ExactNumber.Shown(list.Count)}, want {ExactNumber.Shown(s.MinItems.Value)}");
        }
        if (list.Count > s.MaxItems)
        {
            at.Fail($"maxItems: got {ExactNumber.Shown(list.Count)}, want {ExactNumber.Shown(s.MaxItems.Value)}");
        }
        if (s.UniqueItems && Duplicate(list) is { } equal)
        {
            at.Add(at.Error($"items at {ExactNumber.Shown(equal.First)} and {ExactNumber.Shown(equal.Second)} are equal"));
        }

        var prefixed = Math.Min(s.PrefixItems.Length, list.Count);
        for (var i = 0; i < prefixed; i++)
        {
            at.Add(Below(at, s.PrefixItems[i], list[i], Index(i)));
        }

        if (s.ItemsAreAdditional && s.Items?.Always == false)
        {
            if (prefixed < list.Count)
            {
                at.Fail($"last {ExactNumber.Shown(list.Count - prefixed)} additionalItem(s) not allowed");
            }
        }
        else if (s.Items is not null)
        {
            for (var i = prefixed; i < list.Count; i++)
            {
                at.Add(Below(at, s.Items, list[i], Index(i)));
            }
        }

        if (s.Contains is not null)
        {
            CheckContains(at, list);
        }
    }

    private (int First, int Second)? Duplicate(GoList list)
    {
        var seen = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            // Numbers that are equal may be written differently, so that only their kind is part of the key.
            var key = list[i] switch { string text => "s" + text, GoMap map => $"o{map.Count}", GoList inner => $"a{inner.Count}", null => "n", bool flag => flag ? "t" : "f", _ => "d" };
            var same = seen.TryGetValue(key, out var known) ? known : seen[key] = [];
            foreach (var j in same)
            {
                if (++steps > MaxSteps)
                {
                    throw new HelmException($"checking the values against their schema takes more than {MaxSteps} steps");
                }

                if (Same(list[i], list[j]))
                {
                    return (j, i);
                }
            }

            same.Add(i);
        }

        return null;
    }

    private void CheckContains(At at, GoList list)
    {
        var s = at.Schema;
        var errors = new List<SchemaError>();
        var matched = new List<int>();
        for (var i = 0; i < list.Count; i++)
        {
            if (Below(at, s.Contains!, list[i], Index(i)) is { } error)
            {
                errors.Add(error);
                continue;
            }

            matched.Add(i);
            if (s.Draft >= 2020)
            {
                at.Unevaluated.Items?.Remove(i);
            }
        }

        var found = matched.Count == 0 ? "none matched" : $"matched {ExactNumber.Shown(matched.Count)} items at {string.Join(' ', matched)}";
        if (s.MinContains is { } least && matched.Count < least)
        {
            at.Add(new SchemaError(at.Path, $"min {ExactNumber.Shown(least)} items required to match contains schema, but {found}", errors));
        }
        else if (s.MinContains is null && matched.Count == 0)
        {
            at.Add(new SchemaError(at.Path, "no items match contains schema", errors));
        }

        if (matched.Count > s.MaxContains)
        {
            at.Fail($"max {ExactNumber.Shown(s.MaxContains.Value)} items required to match contains schema, but {found}");
        }
    }

    private static void CheckString(At at, string bytes)
    {
        var s = at.Schema;
        if (s.MinLength is not null || s.MaxLength is not null)
        {
            var length = Ascii.IsValid(bytes) ? bytes.Length : GoString.ToText(bytes).EnumerateRunes().Count();
            if (length < s.MinLength)
            {
                at.Fail($"minLength: got {ExactNumber.Shown(length)}, want {ExactNumber.Shown(s.MinLength.Value)}");
            }
            if (length > s.MaxLength)
            {
                at.Fail($"maxLength: got {ExactNumber.Shown(length)}, want {ExactNumber.Shown(s.MaxLength.Value)}");
            }
        }

        if (s.Pattern is { } pattern)
        {
            if (pattern.Regex.Find(bytes, 0) is null)
            {
                at.Fail($"{SchemaError.Quote(bytes)} does not match pattern {SchemaError.Quote(pattern.Text)}");
            }
        }
    }

    private static void CheckNumber(At at)
    {
        var s = at.Schema;
        if (s is { Minimum: null, Maximum: null, ExclusiveMinimum: null, ExclusiveMaximum: null, MultipleOf: null } || ExactNumber.Of(at.Value) is not { } number)
        {
            return;
        }

        Bound(at, number, "minimum", s.Minimum, number >= s.Minimum);
        Bound(at, number, "maximum", s.Maximum, number <= s.Maximum);
        Bound(at, number, "exclusiveMinimum", s.ExclusiveMinimum, number > s.ExclusiveMinimum);
        Bound(at, number, "exclusiveMaximum", s.ExclusiveMaximum, number < s.ExclusiveMaximum);
        Bound(at, number, "multipleOf", s.MultipleOf, s.MultipleOf is { } unit && number.IsMultipleOf(unit));
    }

    private static void Bound(At at, ExactNumber number, string keyword, ExactNumber? bound, bool holds)
    {
        if (bound is { } want && !holds)
        {
            at.Fail($"{keyword}: got {number.Shown()}, want {want.Shown()}");
        }
    }

    private void CheckDynamicReferences(At at)
    {
        var s = at.Schema;
        if (s.RecursiveRef is { } recursive)
        {
            at.Add(Refer(at, recursive.RecursiveAnchor ? at.Scope.OutermostRecursive(recursive) : recursive, "$recursiveRef"));
        }

        if (s.DynamicRef is { } dynamic)
        {
            var target = dynamic.Anchor.Length > 0 && dynamic.Node.DynamicAnchor == dynamic.Anchor ? at.Scope.OutermostDynamic(dynamic.Anchor, dynamic.Node) : dynamic.Node;
            at.Add(Refer(at, target, "$dynamicRef"));
        }
    }

    private void CheckCombinations(At at)
    {
        var s = at.Schema;
        if (s.Not is not null)
        {
            if (Self(at, s.Not, "", quick: true) is null)
            {
                at.Fail("'not' failed");
            }
        }

        if (s.AllOf.Length > 0)
        {
            CheckAll(at);
        }

        if (s.AnyOf.Length > 0)
        {
            CheckAny(at);
        }

        if (s.OneOf.Length > 0)
        {
            CheckOne(at);
        }

        if (s.If is not null)
        {
            var branch = Self(at, s.If, "", quick: true) is null ? s.Then : s.Else;
            at.Add(branch is null ? null : Self(at, branch, ""));
        }
    }

    private void CheckAll(At at)
    {
        var errors = at.Schema.AllOf.Select(node => Self(at, node, "")).OfType<SchemaError>().ToList();
        if (errors.Count > 0)
        {
            at.Add(new SchemaError(at.Path, "'allOf' failed", errors));
        }
    }

    private void CheckAny(At at)
    {
        var errors = new List<SchemaError>();
        var matched = false;
        foreach (var node in at.Schema.AnyOf)
        {
            if (Self(at, node, "") is { } error)
            {
                errors.Add(error);
                continue;
            }

            matched = true;
            if (at.Unevaluated.IsEmpty)
            {
                break;
            }
        }

        if (!matched)
        {
            at.Add(new SchemaError(at.Path, "'anyOf' failed", errors));
        }
    }

    private void CheckOne(At at)
    {
        var nodes = at.Schema.OneOf;
        var errors = new List<SchemaError>();
        var matched = -1;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (Self(at, nodes[i], "", quick: matched >= 0) is { } error)
            {
                errors.Add(error);
            }
            else if (matched >= 0)
            {
                at.Add(at.Error($"'oneOf' failed, subschemas {ExactNumber.Shown(matched)}, {ExactNumber.Shown(i)} matched"));
                return;
            }
            else
            {
                matched = i;
            }
        }

        if (matched < 0)
        {
            at.Add(new SchemaError(at.Path, "'oneOf' failed, none matched", errors));
        }
    }

    private void CheckUnevaluated(At at)
    {
        var s = at.Schema;
        if (at.Value is GoMap map && s.UnevaluatedProperties is not null)
        {
            foreach (var name in (at.Unevaluated.Properties ?? []).Order(StringComparer.Ordinal))
            {
                at.Add(Below(at, s.UnevaluatedProperties, map[name], name));
            }

            at.Unevaluated.Properties = null;
        }

        if (at.Value is GoList list && s.UnevaluatedItems is not null)
        {
            foreach (var i in (at.Unevaluated.Items ?? []).Order())
            {
                at.Add(Below(at, s.UnevaluatedItems, list[i], Index(i)));
            }

            at.Unevaluated.Items = null;
        }
    }

    private SchemaError? Refer(At at, SchemaNode node, string keyword)
    {
        var error = Self(at, node, keyword);
        return error is null ? null : new SchemaError(at.Path, "validation failed", error.IsGroup ? error.Causes : [error], IsReference: true);
    }

    /// <summary>The same value against another schema.</summary>
    private SchemaError? Self(At at, SchemaNode node, string keyword, bool quick = false)
    {
        var unevaluated = Unevaluated.Of(at.Value, node, !at.Unevaluated.IsEmpty);
        var error = Check(new At(node, at.Value, at.Path, new Scope(node, keyword, at.Scope.Value, at.Scope), unevaluated, at.Quick || quick));
        if (error is null)
        {
            at.Unevaluated.Merge(unevaluated);
        }

        return error;
    }

    /// <summary>A member or item against a schema.</summary>
    private SchemaError? Below(At at, SchemaNode node, object? value, string step) =>
        Check(new At(node, value, new StepPath(at.Path, step), new Scope(node, "", at.Scope.Value + 1, at.Scope), Unevaluated.Of(value, node, false), at.Quick));

    private static string Index(int i) => i.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(SchemaError.Quote));

    /// <summary>A check under way.</summary>
    private sealed record At(SchemaNode Schema, object? Value, IReadOnlyList<string> Path, Scope Scope, Unevaluated Unevaluated, bool Quick)
    {
        // Nearly all checks find nothing.
        private List<SchemaError>? errors;

        public List<SchemaError> Errors => errors ??= [];

        public bool IsGood => errors is null;

        public SchemaError Error(string message) => new(Path, message, []);

        public void Add(SchemaError? error)
        {
            if (error is not null)
            {
                Errors.Add(error);
            }
        }

        public void Fail(string message) => Add(Error(message));
    }
}
