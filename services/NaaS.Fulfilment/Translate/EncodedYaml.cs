using System.Buffers.Text;
using System.Text;

namespace NaaS.Fulfilment.Translate;

/// <summary>
/// YAML in a characteristic: plain, or base64 of UTF-8 (line breaks allowed, as OpenSlice's form and <c>base64</c> without <c>-w0</c> give it).
/// No YAML mapping looks like base64, so there is nothing to tell.
/// </summary>
internal static class EncodedYaml
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The YAML text. Throws <see cref="FormatException"/> in plain words.</summary>
    public static string Decode(string value, YamlLimits limits)
    {
        // Base64 is a third longer, and its lines have ends.
        if (value.Length > limits.Bytes * 2L)
        {
            throw new FormatException($"larger than {limits.Bytes} bytes");
        }

        var text = IsBase64Alphabet(value) ? Unpack(value) : value;
        return Encoding.UTF8.GetByteCount(text) <= limits.Bytes ? text : throw new FormatException($"larger than {limits.Bytes} bytes");
    }

    private static bool IsBase64Alphabet(string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' || char.IsWhiteSpace(c));

    private static string Unpack(string value)
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
