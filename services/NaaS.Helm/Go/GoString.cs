using System.Text;

namespace NaaS.Helm.Go;

/// <summary>
/// Go strings are byte sequences: <c>len</c>, <c>trunc</c> and <c>substr</c> count bytes and may cut a character in two.
/// Inside the engine a Go string is therefore a .NET string in which each char (0..255) is one UTF-8 byte, a "byte string".
/// Ordinal comparison of byte strings equals Go's comparison. Text is converted once on the way in and once on the way out.
/// </summary>
public static class GoString
{
    /// <summary>Byte string of a text.</summary>
    public static string FromText(string text) =>
        System.Text.Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Text of a byte string; bytes that are not UTF-8 become U+FFFD.</summary>
    public static string ToText(string bytes) =>
        System.Text.Ascii.IsValid(bytes) ? bytes : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    /// <summary>Byte string of raw bytes, such as a file's content.</summary>
    public static string FromBytes(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Raw bytes of a byte string.</summary>
    public static byte[] ToBytes(string bytes) => Encoding.Latin1.GetBytes(bytes);
}
