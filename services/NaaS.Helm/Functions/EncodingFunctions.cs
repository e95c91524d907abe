using System.Security.Cryptography;
using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Functions;

/// <summary>Base64, base32 and hashes.</summary>
internal static class EncodingFunctions
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static void Register(FunctionBuilder table)
    {
        table.Add("b64enc", [GoType.String], (_, args) => Convert.ToBase64String(GoString.ToBytes((string)args[0]!)));
        table.Add("b64dec", [GoType.String], (_, args) => TryBase64((string)args[0]!, out string text, out string error) ? text : error);
        table.Add("b32enc", [GoType.String], (_, args) => EncodeBase32((string)args[0]!));
        table.Add("b32dec", [GoType.String], (_, args) => DecodeBase32((string)args[0]!));
        table.Add("sha1sum", [GoType.String], (_, args) => Hex(SHA1.HashData(GoString.ToBytes((string)args[0]!))));
        table.Add("sha256sum", [GoType.String], (_, args) => Hex(SHA256.HashData(GoString.ToBytes((string)args[0]!))));
        table.Add("sha512sum", [GoType.String], (_, args) => Hex(SHA512.HashData(GoString.ToBytes((string)args[0]!))));
        table.Add("adler32sum", [GoType.String], (_, args) => Adler32((string)args[0]!).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Go's base64.StdEncoding: line breaks are skipped, padding is demanded; the error tells the byte.</summary>
    public static bool TryBase64(string text, out string decoded, out string error)
    {
        var to = new StringBuilder(text.Length * 3 / 4);
        int bits = 0;
        int count = 0;
        decoded = error = "";
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '\r' or '\n')
            {
                continue;
            }
            if (c == '=')
            {
                return Padding(text, i, count, bits, to, out decoded, out error);
            }
            int value = c switch { >= 'A' and <= 'Z' => c - 'A', >= 'a' and <= 'z' => c - 'a' + 26, >= '0' and <= '9' => c - '0' + 52, '+' => 62, '/' => 63, _ => -1 };
            if (value < 0)
            {
                error = $"illegal base64 data at input byte {i}";
                return false;
            }
            bits = bits << 6 | value;
            if (++count == 4)
            {
                to.Append((char)(bits >> 16)).Append((char)(bits >> 8 & 0xFF)).Append((char)(bits & 0xFF));
                (bits, count) = (0, 0);
            }
        }
        if (count != 0)
        {
            error = $"illegal base64 data at input byte {text.Length - count}";
            return false;
        }
        decoded = to.ToString();
        return true;
    }

    private static bool Padding(string text, int at, int count, int bits, StringBuilder to, out string decoded, out string error)
    {
        decoded = "";
        if (count < 2)
        {
            error = $"illegal base64 data at input byte {at}";
            return false;
        }
        int i = at + 1;
        if (count == 2)
        {
            i = SkipBreaks(text, i);
            if (i == text.Length)
            {
                error = $"illegal base64 data at input byte {text.Length}";
                return false;
            }
            if (text[i] != '=')
            {
                error = $"illegal base64 data at input byte {i - 1}";
                return false;
            }
            i++;
        }
        i = SkipBreaks(text, i);
        if (i < text.Length)
        {
            error = $"illegal base64 data at input byte {i}";
            return false;
        }
        if (count == 2)
        {
            to.Append((char)(bits >> 4));
        }
        else
        {
            to.Append((char)(bits >> 10)).Append((char)(bits >> 2 & 0xFF));
        }
        decoded = to.ToString();
        error = "";
        return true;
    }

    private static int SkipBreaks(string text, int at)
    {
        while (at < text.Length && text[at] is '\r' or '\n')
        {
            at++;
        }
        return at;
    }

    private static string EncodeBase32(string text)
    {
        var to = new StringBuilder((text.Length + 4) / 5 * 8);
        ulong bits = 0;
        int count = 0;
        foreach (char c in text)
        {
            bits = bits << 8 | c;
            count += 8;
            while (count >= 5)
            {
                count -= 5;
                to.Append(Base32[(int)(bits >> count & 31)]);
            }
        }
        if (count > 0)
        {
            to.Append(Base32[(int)(bits << 5 - count & 31)]);
        }
        return to.Append('=', (8 - to.Length % 8) % 8).ToString();
    }

    private static string DecodeBase32(string text)
    {
        string input = text.Replace("\r", "").Replace("\n", "");
        var to = new StringBuilder(input.Length * 5 / 8);
        int digits = input.Length - input.AsSpan().TrimEnd('=').Length;
        int end = input.Length - digits;
        for (int i = 0; i < end; i++)
        {
            if (!Base32.Contains(input[i]))
            {
                return $"illegal base32 data at input byte {i}";
            }
        }
        if (input.Length % 8 != 0 || digits is not (0 or 1 or 3 or 4 or 6))
        {
            return $"illegal base32 data at input byte {(digits > 0 ? end : input.Length - input.Length % 8)}";
        }
        ulong bits = 0;
        int count = 0;
        for (int i = 0; i < end; i++)
        {
            bits = bits << 5 | (uint)Base32.IndexOf(input[i]);
            count += 5;
            if (count >= 8)
            {
                count -= 8;
                to.Append((char)(bits >> count & 0xFF));
            }
        }
        return to.ToString();
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    private static uint Adler32(string text)
    {
        const uint modulus = 65521;
        uint a = 1;
        uint b = 0;
        foreach (char c in text)
        {
            a = (a + c) % modulus;
            b = (b + a) % modulus;
        }
        return b << 16 | a;
    }
}
