using System.Text;

namespace NaaS.Tmf.Characteristics;

/// <summary>Base64 as forms and command lines give it: standard alphabet, line breaks allowed.</summary>
internal static class Base64
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes <paramref name="text"/>.</summary>
    public static bool TryBytes(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var decoded = Convert.TryFromBase64String(text, bytes, out var length);
        bytes = bytes[..length];
        return decoded;
    }

    /// <summary>
    /// The text of a document that comes plain or in base64. A YAML mapping has a colon or a brace and base64 has neither, so there is no
    /// guessing. Null where it looks like base64 and is not.
    /// </summary>
    public static string? Document(string text)
    {
        if (!text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/' or '=' || char.IsWhiteSpace(letter)))
        {
            return text;
        }

        try
        {
            return TryBytes(text, out var bytes) ? Strict.GetString(bytes).TrimStart('\uFEFF') : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
