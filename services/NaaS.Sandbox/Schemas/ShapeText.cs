using System.Globalization;
using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Schemas;

/// <summary>
/// Reads shapes from an indented text, one field a line: <c>name[*] type [=default] [A|B] [len=1..9] [min=0] [max=9] [items=1..8] [~pattern]</c>.
/// A star marks a required field. Types: obj, atomic (an object owned as a whole), map, quantities, text, int32, int64, bool, time, bytes,
/// intstr, any, object (an embedded Kubernetes object); <c>[]t</c> is an atomic list, <c>[k,l]obj</c> a list told apart by k and l.
/// <c>@name</c> takes in a shape that was read before; a pattern may be written <c>~@name</c>.
/// </summary>
internal sealed class ShapeText
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, Schema>> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _patterns = new(StringComparer.Ordinal);

    /// <summary>Names a pattern.</summary>
    public void Pattern(string name, string pattern) => _patterns.Add(name, pattern);

    /// <summary>Names a set of fields.</summary>
    public void Shape(string name, string text) => _shapes.Add(name, Read(text).Fields);

    /// <summary>The object that the text describes.</summary>
    public Schema Read(string text)
    {
        var lines = text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Trim().Length > 0).ToList();
        var at = 0;
        return Object(lines, ref at, lines.Count == 0 ? 0 : Indent(lines[0]));
    }

    private Schema Object(List<string> lines, ref int at, int indent)
    {
        var fields = new Dictionary<string, Schema>(StringComparer.Ordinal);
        var required = new List<string>();
        while (at < lines.Count && Indent(lines[at]) == indent)
        {
            var line = lines[at++].Trim();
            if (line.StartsWith('@'))
            {
                foreach (var (name, shape) in _shapes[line[1..]])
                {
                    fields.Add(name, shape);
                }
                continue;
            }
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var field = space < 0 ? line : line[..space];
            if (field.EndsWith('*'))
            {
                field = field[..^1];
                required.Add(field);
            }
            var below = at < lines.Count && Indent(lines[at]) > indent ? Object(lines, ref at, Indent(lines[at])) : null;
            fields.Add(field, Field(space < 0 ? "obj" : line[(space + 1)..], below));
        }
        return new Schema { Type = SchemaType.Object, FieldsOf = () => fields, Required = required };
    }

    private Schema Field(string text, Schema? below)
    {
        var pattern = (string?)null;
        var tilde = text.IndexOf('~', StringComparison.Ordinal);
        if (tilde >= 0)
        {
            pattern = text[(tilde + 1)..];
            pattern = pattern.StartsWith('@') ? _patterns[pattern[1..]] : pattern;
            text = text[..tilde];
        }
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var schema = OfType(words[0], below) with { Pattern = pattern };
        foreach (var word in words.Skip(1))
        {
            schema = With(schema, word);
        }
        return schema;
    }

    private static Schema OfType(string type, Schema? below)
    {
        if (type.StartsWith('['))
        {
            var close = type.IndexOf(']', StringComparison.Ordinal);
            var item = OfType(type[(close + 1)..], below);
            return new Schema { Type = SchemaType.List, ItemsOf = () => item, Keys = close > 1 ? type[1..close].Split(',') : null };
        }
        return type switch
        {
            "obj" => below ?? new Schema { Type = SchemaType.Object },
            "atomic" => below! with { Atomic = true },
            "map" => new Schema { Type = SchemaType.Map, ItemsOf = () => new Schema { Type = SchemaType.String } },
            "quantities" => new Schema { Type = SchemaType.Map, ItemsOf = () => new Schema { Type = SchemaType.IntOrString } },
            "text" => new Schema { Type = SchemaType.String },
            "int32" or "int64" => new Schema { Type = SchemaType.Integer, Format = type },
            "bool" => new Schema { Type = SchemaType.Boolean },
            "time" => new Schema { Type = SchemaType.String, Format = "date-time" },
            "bytes" => new Schema { Type = SchemaType.String, Format = "byte" },
            "intstr" => new Schema { Type = SchemaType.IntOrString },
            "object" => new Schema { Type = SchemaType.Object, KeepsUnknown = true, Embedded = true },
            "any" => Schema.Anything,
            _ => throw new FormatException($"unknown type '{type}' in a shape"),
        };
    }

    private static Schema With(Schema schema, string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = equals < 0 ? ("", word) : (word[..equals], word[(equals + 1)..]);
        return name switch
        {
            "" when word == "nullable" => schema with { Nullable = true },
            "" when equals == 0 => schema with { Default = DefaultValue(schema, value) },
            "" => schema with { Enum = word.Split('|') },
            "len" => schema with { MinLength = Range(value).Low, MaxLength = Range(value).High },
            "items" => schema with { MinItems = Range(value).Low, MaxItems = Range(value).High },
            "min" => schema with { Minimum = double.Parse(value, CultureInfo.InvariantCulture) },
            "max" => schema with { Maximum = double.Parse(value, CultureInfo.InvariantCulture) },
            _ => throw new FormatException($"unknown word '{word}' in a shape"),
        };
    }

    private static JsonNode DefaultValue(Schema schema, string value) =>
        schema.Type is SchemaType.Integer or SchemaType.Boolean or SchemaType.Object ? JsonNode.Parse(value)! : JsonValue.Create(value);

    private static (int? Low, int? High) Range(string value)
    {
        var ends = value.Split("..");
        return (Number(ends[0]), Number(ends[1]));

        static int? Number(string text) => text.Length == 0 ? null : int.Parse(text, CultureInfo.InvariantCulture);
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;
}
