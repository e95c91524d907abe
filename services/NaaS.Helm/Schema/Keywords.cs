using NaaS.Helm.Go;

namespace NaaS.Helm.Schema;

/// <summary>Which keywords hold schemas: one, a list, or a map of them.</summary>
internal static class Keywords
{
    private static readonly (string Name, int Since, bool One, bool List, bool Map)[] All =
    [
        ("definitions", 4, false, false, true),
        ("not", 4, true, false, false),
        ("allOf", 4, false, true, false),
        ("anyOf", 4, false, true, false),
        ("oneOf", 4, false, true, false),
        ("properties", 4, false, false, true),
        ("additionalProperties", 4, true, false, false),
        ("patternProperties", 4, false, false, true),
        ("items", 4, true, true, false),
        ("additionalItems", 4, true, false, false),
        ("dependencies", 4, false, false, true),
        ("propertyNames", 6, true, false, false),
        ("contains", 6, true, false, false),
        ("if", 7, true, false, false),
        ("then", 7, true, false, false),
        ("else", 7, true, false, false),
        ("$defs", 2019, false, false, true),
        ("dependentSchemas", 2019, false, false, true),
        ("unevaluatedProperties", 2019, true, false, false),
        ("unevaluatedItems", 2019, true, false, false),
        ("prefixItems", 2020, false, true, false),
    ];

    /// <summary>Schemas directly below one, with their pointers.</summary>
    public static IEnumerable<(object? Schema, string Pointer)> Below(GoMap map, int draft, string pointer)
    {
        foreach (var (name, since, one, list, isMap) in All)
        {
            if (since > draft || !map.TryGetValue(name, out var value))
            {
                continue;
            }

            var at = $"{pointer}/{name}";
            if (isMap && value is GoMap named)
            {
                foreach (var (key, schema) in named)
                {
                    yield return (schema, $"{at}/{SchemaCompiler.Escape(key)}");
                }
            }
            else if (list && value is GoList items)
            {
                for (var i = 0; i < items.Count; i++)
                {
                    yield return (items[i], $"{at}/{i}");
                }
            }
            else if (one)
            {
                yield return (value, at);
            }
        }
    }
}
