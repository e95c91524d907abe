using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using NaaS.Helm.Go;
using NaaS.Helm.Json;

namespace NaaS.Helm.Yaml;

/// <summary>
/// Reads YAML as <c>sigs.k8s.io/yaml.Unmarshal</c> does: YAML 1.1 scalars, everything converted through JSON, so numbers are
/// float64 and keys are strings. All texts are byte strings. Errors are <see cref="YamlException"/> with Helm's wording.
/// </summary>
public static class YamlReader
{
    private const string Decoding = "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ";

    /// <summary>The first document's value: null, bool, double, string, <see cref="GoMap"/> or <see cref="GoList"/>.</summary>
    public static object? Read(string text) => Read(text, strict: false);

    /// <summary>As <see cref="Read(string)"/>; where <paramref name="strict"/>, a key that stands twice in a mapping is an error.</summary>
    public static object? Read(string text, bool strict)
    {
        try
        {
            var root = new YamlParser(text).NextDocument();
            return root is null ? null : new YamlDecoder(strict, typed: false).Decode(root);
        }
        catch (YamlException e)
        {
            throw Converting(e);
        }
    }

    /// <summary>All documents' values, each as <see cref="Read(string)"/> gives it.</summary>
    public static IReadOnlyList<object?> ReadAll(string text)
    {
        try
        {
            var parser = new YamlParser(text);
            var documents = new List<object?>();
            while (parser.NextDocument() is { } root)
            {
                documents.Add(new YamlDecoder(strict: false, typed: false).Decode(root));
            }

            return documents;
        }
        catch (YamlException e)
        {
            throw Converting(e);
        }
    }

    /// <summary>The first document as a mapping; an empty one where the document is empty or null.</summary>
    public static GoMap ReadMap(string text) => Read(text) switch
    {
        null => [],
        GoMap map => map,
        var other => throw new YamlException($"{Decoding}{JsonKind(other)} into Go value of type {GoMap.Any}"),
    };

    /// <summary>The first document as a list; an empty one where the document is empty or null.</summary>
    public static GoList ReadList(string text) => Read(text) switch
    {
        null => [],
        GoList list => list,
        var other => throw new YamlException($"{Decoding}{JsonKind(other)} into Go value of type {GoList.Any}"),
    };

    /// <summary>As <see cref="Read(string)"/>, with whole numbers as long or ulong: what a struct with text fields needs to know.</summary>
    internal static object? ReadTyped(string text)
    {
        try
        {
            var root = new YamlParser(text).NextDocument();
            return root is null ? null : new YamlDecoder(strict: false, typed: true).Decode(root);
        }
        catch (YamlException e)
        {
            throw Converting(e);
        }
    }

    /// <summary>The error of a text that is no YAML, in Helm's words.</summary>
    internal static YamlException Converting(YamlException error) => new("error converting YAML to JSON: " + error.Message);

    /// <summary>encoding/json's name of a value's kind.</summary>
    internal static string JsonKind(object? value) => value switch
    {
        null => "null",
        bool => "bool",
        string => "string",
        GoMap => "object",
        GoList => "array",
        _ => "number",
    };
}

/// <summary>Gives nodes their values, counting aliases so that a small document cannot become a huge one.</summary>
/// <param name="strict">Whether a key that stands twice in a mapping is an error.</param>
/// <param name="typed">Whether whole numbers stay long or ulong.</param>
internal sealed class YamlDecoder(bool strict, bool typed)
{
    private const int MaxDepth = 1000;
    private readonly HashSet<YamlNode> open = [];
    private readonly List<string> errors = [];
    private long decoded;
    private long aliased;
    private int aliasDepth;
    private int depth;

    public object? Decode(YamlNode root)
    {
        var value = Decode(root, null);
        return errors.Count == 0
            ? value
            : throw new YamlException("yaml: unmarshal errors:\n  " + string.Join("\n  ", errors));
    }

    private object? Decode(YamlNode node, GoMap? into)
    {
        decoded++;
        aliased += aliasDepth > 0 ? 1 : 0;
        if (aliased > 100 && decoded > 1000 && (double)aliased / decoded > AllowedRatio())
        {
            throw new YamlException("yaml: document contains excessive aliasing");
        }

        if (++depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new YamlException($"yaml: exceeded max depth of {MaxDepth}");
        }

        var value = node.Kind switch
        {
            NodeKind.Alias => DecodeAlias(node, into),
            NodeKind.Mapping => DecodeMapping(node, into ?? MapOf(node)),
            NodeKind.Sequence => DecodeSequence(node),
            _ => DecodeScalar(node),
        };
        depth--;
        return value;
    }

    /// <summary>How much of a document may come from aliases: 99 % of a small one, 10 % of a large one.</summary>
    private double AllowedRatio() => decoded switch
    {
        <= 400_000 => 0.99,
        >= 4_000_000 => 0.10,
        _ => 0.99 - (0.89 * ((decoded - 400_000) / 3_600_000.0)),
    };

    private object? DecodeAlias(YamlNode node, GoMap? into)
    {
        if (!open.Add(node))
        {
            throw new YamlException($"yaml: anchor '{GoString.ToText(node.Value)}' value contains itself");
        }

        aliasDepth++;
        var value = Decode(node.Target!, into);
        aliasDepth--;
        open.Remove(node);
        return value;
    }

    private GoList DecodeSequence(YamlNode node)
    {
        var list = new GoList { Capacity = node.Children.Count };
        foreach (var child in node.Children)
        {
            list.Add(Decode(child, null));
        }

        return list;
    }

    private static GoMap MapOf(YamlNode node)
    {
        var map = new GoMap();
        map.EnsureCapacity(node.Children.Count / 2);
        return map;
    }

    private GoMap DecodeMapping(YamlNode node, GoMap map)
    {
        for (var i = 0; i < node.Children.Count; i += 2)
        {
            var (key, value) = (node.Children[i], node.Children[i + 1]);
            if (key.IsMerge)
            {
                Merge(value, map);
                continue;
            }

            var name = Key(key, value, out var decodedValue);
            if (strict && map.ContainsKey(name))
            {
                errors.Add($"line {value.Line + 1}: key {GoSyntax.Quote(name)} already set in map");
                continue;
            }

            map[name] = decodedValue;
        }

        return map;
    }

    private string Key(YamlNode node, YamlNode valueNode, out object? value)
    {
        var key = node.Kind == NodeKind.Scalar ? ScalarOf(node) : Decode(node, null);
        if (node.Kind == NodeKind.Scalar)
        {
            decoded++;
        }

        if (key is GoMap or GoList)
        {
            throw new YamlException($"yaml: invalid map key: {GoSyntax.Of(key)}");
        }

        value = Decode(valueNode, null);
        return key switch
        {
            string text => text,
            bool flag => flag ? "true" : "false",
            long number => number.ToString(CultureInfo.InvariantCulture),
            double.NaN => ".nan",
            double.PositiveInfinity => ".inf",
            double.NegativeInfinity => "-.inf",
            double number => GoNumber.General32(number),
            null => throw Unsupported("%!s(<nil>)", "<nil>", value),
            ulong number => throw Unsupported("uint64", "0x" + number.ToString("x", CultureInfo.InvariantCulture), value),
            _ => throw Unsupported("*big.Int", key.ToString() ?? "", value),
        };
    }

    private static YamlException Unsupported(string type, string key, object? value) =>
        new($"unsupported map key of type: {type}, key: {key}, value: {(value is null ? "<nil>" : GoSyntax.Of(value))}");

    private void Merge(YamlNode node, GoMap map)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping:
            case NodeKind.Alias when node.Target!.Kind == NodeKind.Mapping:
                Decode(node, map);
                return;
            case NodeKind.Sequence:
                // Earlier mappings win, so the last is laid down first.
                for (var i = node.Children.Count - 1; i >= 0; i--)
                {
                    var child = node.Children[i];
                    if ((child.Target ?? child).Kind != NodeKind.Mapping)
                    {
                        break;
                    }

                    Decode(child, map);
                    if (i == 0)
                    {
                        return;
                    }
                }

                if (node.Children.Count == 0)
                {
                    return;
                }

                break;
        }

        throw new YamlException("yaml: map merge requires map or sequence of maps as the value");
    }

    private object? DecodeScalar(YamlNode node) => ScalarOf(node) switch
    {
        (long or ulong) and var whole when typed => whole,
        long number => (double)number,
        ulong number => (double)number,
        BigInteger number => (double)number,
        double number when !double.IsFinite(number) => throw new YamlException(
            "json: unsupported value: " + GoNumber.General(number)),
        var value => value,
    };

    private static object? ScalarOf(YamlNode node)
    {
        if (node.Tag.Length == 0 && !node.Implicit)
        {
            return node.Value;
        }

        var (tag, value) = YamlScalars.Resolve(node.Tag, node.Value);
        if (tag != YamlScalars.Binary)
        {
            return value;
        }

        try
        {
            // encoding/json replaces what is no UTF-8.
            return GoString.FromText(GoString.ToText(GoString.FromBytes(Convert.FromBase64String(node.Value))));
        }
        catch (FormatException)
        {
            throw new YamlException("yaml: !!binary value contains invalid base64 data");
        }
    }
}
