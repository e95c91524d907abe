using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>sprig's passwords and encryption.</summary>
internal static class CryptoFunctions
{
    private const string BcryptAlphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string MasterSeed = "com.lyndir.masterpassword";
    private const int ExpensiveCall = 4096;

    private static readonly Dictionary<string, string[]> PasswordTemplates = new(StringComparer.Ordinal)
    {
        ["maximum"] = ["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"],
        ["long"] =
        [
            "CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv", "CvccCvcvCvcvno", "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc", "CvcvCvcvnoCvcc", "CvcvCvcvCvccno", "CvccnoCvccCvcv", "CvccCvccnoCvcv",
            "CvccCvccCvcvno", "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno", "CvccnoCvcvCvcc", "CvccCvcvnoCvcc", "CvccCvcvCvccno",
        ],
        ["medium"] = ["CvcnoCvc", "CvcCvcno"],
        ["short"] = ["Cvcn"],
        ["basic"] = ["aaanaaan", "aannaaan", "aaannaaa"],
        ["pin"] = ["nnnn"],
    };

    private static readonly Dictionary<char, string> Characters = new()
    {
        ['V'] = "AEIOU",
        ['C'] = "BCDFGHJKLMNPQRSTVWXYZ",
        ['v'] = "aeiou",
        ['c'] = "bcdfghjklmnpqrstvwxyz",
        ['A'] = "AEIOUBCDFGHJKLMNPQRSTVWXYZ",
        ['a'] = "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        ['n'] = "0123456789",
        ['o'] = "@&%?,=[]_:-+*$#!'^~;()/.",
        ['x'] = "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    };

    public static void Register(FunctionBuilder table)
    {
        table.Add("bcrypt", [GoType.String], (evaluator, args) => Bcrypt(evaluator, (string)args[0]!));
        table.Add("htpasswd", [GoType.String, GoType.String], (evaluator, args) => ((string)args[0]!).Contains(':')
            ? $"invalid username: {args[0]}"
            : $"{args[0]}:{Bcrypt(evaluator, (string)args[1]!)}");
        table.Add("derivePassword", [Uint32, GoType.String, GoType.String, GoType.String, GoType.String], (evaluator, args) =>
            DerivePassword(evaluator, (uint)args[0]!, (string)args[1]!, (string)args[2]!, (string)args[3]!, (string)args[4]!));
        table.Add("encryptAES", [GoType.String, GoType.String], (evaluator, args) => Encrypt(evaluator, (string)args[0]!, (string)args[1]!));
        table.Add("decryptAES", [GoType.String, GoType.String], (_, args) => Decrypt((string)args[0]!, (string)args[1]!));
    }

    private static string Bcrypt(Evaluator evaluator, string password)
    {
        if (password.Length > 72)
        {
            return "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes";
        }
        evaluator.Step(ExpensiveCall);
        byte[] salt = new byte[16];
        evaluator.RandomStream("bcrypt").Fill(salt);
        return BCrypt.Net.BCrypt.HashPassword(GoString.ToText(password), "$2a$10$" + BcryptBase64(salt));
    }

    // Base64 without padding over bcrypt's own alphabet.
    private static string BcryptBase64(byte[] bytes)
    {
        var to = new StringBuilder();
        for (int i = 0; i < bytes.Length; i += 3)
        {
            int count = Math.Min(3, bytes.Length - i);
            int bits = bytes[i] << 16 | (count > 1 ? bytes[i + 1] << 8 : 0) | (count > 2 ? bytes[i + 2] : 0);
            for (int digit = 0; digit <= count; digit++)
            {
                to.Append(BcryptAlphabet[bits >> (18 - 6 * digit) & 63]);
            }
        }
        return to.ToString();
    }

    private static string DerivePassword(Evaluator evaluator, uint counter, string type, string password, string user, string site)
    {
        if (!PasswordTemplates.TryGetValue(type, out string[]? templates))
        {
            return $"cannot find password template {type}";
        }
        evaluator.Step(ExpensiveCall);
        byte[] key = Scrypt.DeriveKey(GoString.ToBytes(password), [.. GoString.ToBytes(MasterSeed), .. BigEndian((uint)user.Length), .. GoString.ToBytes(user)], 32768, 8, 2, 64);
        byte[] message = [.. GoString.ToBytes(MasterSeed), .. BigEndian((uint)site.Length), .. GoString.ToBytes(site), .. BigEndian(counter)];
        byte[] seed = HMACSHA256.HashData(key, message);
        string template = templates[seed[0] % templates.Length];
        return string.Concat(template.Select((kind, i) => Characters[kind][seed[i + 1] % Characters[kind].Length]));
    }

    private static byte[] BigEndian(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    private static Aes Cipher(string password)
    {
        byte[] key = new byte[32];
        byte[] given = GoString.ToBytes(password);
        given.AsSpan(0, Math.Min(32, given.Length)).CopyTo(key);
        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }

    private static string Encrypt(Evaluator evaluator, string password, string text)
    {
        if (text.Length == 0)
        {
            return "";
        }
        byte[] iv = new byte[16];
        evaluator.RandomStream("encryptAES").Fill(iv);
        using var aes = Cipher(password);
        return Convert.ToBase64String([.. iv, .. aes.EncryptCbc(GoString.ToBytes(text), iv)]);
    }

    private static string Decrypt(string password, string text)
    {
        if (text.Length == 0)
        {
            return "";
        }
        if (!EncodingFunctions.TryBase64(text, out string decoded, out string error))
        {
            throw new FunctionException(error);
        }
        byte[] bytes = GoString.ToBytes(decoded);
        if (bytes.Length < 16)
        {
            throw new FunctionException("runtime error: slice bounds out of range [:16] with capacity " + bytes.Length);
        }
        if (bytes.Length % 16 != 0)
        {
            throw new FunctionException("crypto/cipher: input not full blocks");
        }
        using var aes = Cipher(password);
        byte[] plain = aes.DecryptCbc(bytes.AsSpan(16), bytes.AsSpan(0, 16), PaddingMode.None);
        int padding = plain.Length == 0 ? 0 : plain[^1];
        return padding <= plain.Length
            ? GoString.FromBytes(plain.AsSpan(0, plain.Length - padding))
            : throw new FunctionException($"runtime error: slice bounds out of range [:{plain.Length - padding}]");
    }
}
