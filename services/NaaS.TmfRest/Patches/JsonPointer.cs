using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Patches;

/// <summary>A path of a JSON patch: RFC 6901, the first slash may be missing.</summary>
internal sealed class JsonPointer(IReadOnlyList<string> tokens)
{
    private readonly IReadOnlyList<string> tokens = tokens;

    public static JsonPointer Parse(string path) =>
        new(path.Length == 0 ? [] : [.. (path[0] == '/' ? path[1..] : path).Split('/').Select(Unescape)]);

    public override string ToString() => string.Concat(tokens.Select(token => $"/{token}"));

    public bool IsBelow(JsonPointer other) => tokens.Count > other.tokens.Count && tokens.Take(other.tokens.Count).SequenceEqual(other.tokens);

    public JsonNode? Get(JsonNode root) => tokens.Count == 0 ? root : Child(Parent(root), tokens[^1]);

    public JsonNode Add(JsonNode root, JsonNode? value)
    {
        if (tokens.Count == 0)
        {
            return value ?? throw new InvalidBodyException("A resource cannot be null");
        }

        switch (Parent(root))
        {
            case JsonObject fields:
                fields[tokens[^1]] = value;
                break;
            case JsonArray array when tokens[^1] == "-":
                array.Add(value);
                break;
            case JsonArray array:
                array.Insert(Index(tokens[^1], array.Count), value);
                break;
            default:
                throw Absent();
        }

        return root;
    }

    public JsonNode Replace(JsonNode root, JsonNode? value)
    {
        if (tokens.Count == 0)
        {
            return Add(root, value);
        }

        var parent = Parent(root);
        Child(parent, tokens[^1]);
        switch (parent)
        {
            case JsonObject fields:
                fields[tokens[^1]] = value;
                break;
            case JsonArray array:
                array[Index(tokens[^1], array.Count - 1)] = value;
                break;
            default:
                throw Absent();
        }

        return root;
    }

    public void Remove(JsonNode root)
    {
        if (tokens.Count == 0)
        {
            throw new InvalidBodyException("A patch cannot remove the resource");
        }

        var parent = Parent(root);
        Child(parent, tokens[^1]);
        if (parent is JsonArray array)
        {
            array.RemoveAt(Index(tokens[^1], array.Count - 1));
        }
        else
        {
            parent!.AsObject().Remove(tokens[^1]);
        }
    }

    private JsonNode? Parent(JsonNode root)
    {
        JsonNode? node = root;
        foreach (var token in tokens.Take(tokens.Count - 1))
        {
            node = Child(node, token);
        }

        return node;
    }

    private JsonNode? Child(JsonNode? parent, string token) => parent switch
    {
        JsonObject fields when fields.ContainsKey(token) => fields[token],
        JsonArray array => array[Index(token, array.Count - 1)],
        _ => throw Absent(),
    };

    private int Index(string token, int most) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= most && (token.Length == 1 || token[0] != '0')
            ? index
            : throw Absent();

    private ResourceConflictException Absent() => new($"{this} does not exist");

    private static string Unescape(string token) => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
