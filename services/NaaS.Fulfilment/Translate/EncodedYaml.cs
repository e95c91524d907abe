using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Translate;

/// <summary>
/// YAML in a characteristic: plain, or base64 of UTF-8 (line breaks allowed, as OpenSlice's form and <c>base64</c> without <c>-w0</c> give it).
/// Plain where it reads as a mapping, since no base64 text does.
/// </summary>
internal static class EncodedYaml
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The YAML text and its documents, each of them a mapping that is not empty. Throws <see cref="FormatException"/> in plain words.</summary>
    public static (string Text, IReadOnlyList<JsonObject> Documents) Read(string value, YamlLimits limits)
    {
        if (value.Length > limits.Bytes * 2L)
        {
            throw new FormatException($"larger than {limits.Bytes} bytes");
        }

        var text = IsBase64Alphabet(value) ? Decode(value) : value;
        var documents = YamlReader.Read(text, limits);
        return documents.All(document => document is JsonObject)
            ? (text, [.. documents.Cast<JsonObject>().Where(document => document.Count > 0)])
            : throw new FormatException("must be a YAML mapping");
    }

    private static bool IsBase64Alphabet(string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' || char.IsWhiteSpace(c));

    private static string Decode(string value)
    {
        var packed = string.Concat(value.Where(c => !char.IsWhiteSpace(c)));
        if (!Base64.IsValid(packed))
        {
            throw new FormatException("neither a YAML mapping nor valid base64");
        }

        try
        {
            return StrictUtf8.GetString(Convert.FromBase64String(packed)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("base64 of something that is not UTF-8 text", e);
        }
    }
}
