using System.Text;

namespace NaaS.Tmf.Characteristics;

/// <summary>Base64 as clients send it: wrapped lines, URL alphabet and missing padding are all read.</summary>
public static class Base64
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes <paramref name="text"/>.</summary>
    public static bool TryBytes(string text, out byte[] bytes)
    {
        var compact = new StringBuilder(text.Length);
        foreach (var letter in text.Where(letter => !char.IsWhiteSpace(letter)))
        {
            compact.Append(letter switch { '-' => '+', '_' => '/', _ => letter });
        }

        if (!text.Contains('=', StringComparison.Ordinal))
        {
            compact.Append('=', (4 - compact.Length % 4) % 4);
        }

        bytes = new byte[compact.Length / 4 * 3 + 3];
        var decoded = Convert.TryFromBase64String(compact.ToString(), bytes, out var length);
        bytes = bytes[..length];
        return decoded;
    }

    /// <summary>
    /// The text of a document that comes plain or in base64. A YAML mapping needs a colon or a brace and base64 has neither, so
    /// there is no guessing. Null where the text is neither.
    /// </summary>
    public static string? Document(string text)
    {
        if (text.AsSpan().ContainsAny(":{[#"))
        {
            return text;
        }

        if (!TryBytes(text, out var bytes))
        {
            return null;
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
