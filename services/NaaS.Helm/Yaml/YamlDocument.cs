using NaaS.Helm.Go;

namespace NaaS.Helm.Yaml;

/// <summary>
/// A document that was read and has no mistakes, whose values are made when they are asked for: of most documents Helm wants to know
/// only whether they are sound and what stands in three of their fields.
/// </summary>
internal sealed class YamlDocument
{
    private const int MaxPlainDepth = 500;
    private readonly YamlNode? root;
    private readonly bool isDecoded;
    private readonly object? value;

    private YamlDocument(YamlNode? root)
    {
        this.root = root;
        isDecoded = root is null || !IsPlain(root, 0);
        value = isDecoded ? Decode(root) : null;
    }

    /// <summary>Reads the first document of a text; fails as <see cref="YamlReader.Read(string)"/> does.</summary>
    public static YamlDocument Read(string text)
    {
        try
        {
            return new YamlDocument(new YamlParser(text).NextDocument());
        }
        catch (YamlException e)
        {
            throw YamlReader.Converting(e);
        }
    }

    /// <summary>The value, as <see cref="YamlReader.Read(string)"/> gives it; made anew each time.</summary>
    public object? Value() => isDecoded ? value : Decode(root);

    /// <summary>As <see cref="Value"/>, of a mapping only the fields of these names, in any letter case.</summary>
    public object? Fields(IReadOnlyList<string> names)
    {
        if (isDecoded || root!.Kind != NodeKind.Mapping)
        {
            return Value();
        }

        var fields = new GoMap();
        for (var i = 0; i < root.Children.Count; i += 2)
        {
            if (names.Contains(root.Children[i].Value, StringComparer.OrdinalIgnoreCase))
            {
                fields[root.Children[i].Value] = Decode(root.Children[i + 1]);
            }
        }

        return fields;
    }

    private static object? Decode(YamlNode? node) => node is null ? null : new YamlDecoder(strict: false, typed: false).Decode(node);

    /// <summary>Whether nothing in it can fail to decode: no tags, anchors or merges, and nothing that JSON has no word for.</summary>
    private static bool IsPlain(YamlNode node, int depth)
    {
        switch (node.Kind)
        {
            case NodeKind.Scalar:
                return node.Tag.Length == 0 && !(node.Implicit && IsInfinite(node.Value));
            case NodeKind.Sequence when depth < MaxPlainDepth:
                foreach (var child in node.Children)
                {
                    if (!IsPlain(child, depth + 1))
                    {
                        return false;
                    }
                }

                return true;
            case NodeKind.Mapping when depth < MaxPlainDepth:
                for (var i = 0; i < node.Children.Count; i += 2)
                {
                    if (!IsPlainKey(node.Children[i]) || !IsPlain(node.Children[i + 1], depth + 1))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return false;
        }
    }

    private static bool IsPlainKey(YamlNode key) =>
        key.Kind == NodeKind.Scalar && key.Tag.Length == 0 && !key.IsMerge
        && (!key.Implicit || (key.Value.Length > 0 && char.IsAsciiLetter(key.Value[0]) && !key.Value.Equals("null", StringComparison.OrdinalIgnoreCase)));

    // .inf, -.inf and .nan, and whatever looks a little like them.
    private static bool IsInfinite(string text) =>
        text.Length > 1 && (text[0] == '.' || (text[0] is '+' or '-' && text[1] == '.'));
}
