using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NaaS.Messaging.Sealing;

/// <summary>Encrypts what is stored, with AES-256-GCM. What was stored without encryption, or under an older key of the ring, is read as well.</summary>
public sealed class Sealer
{
    private const string Mark = "sealed:v1:";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private static readonly byte[] ByteMark = Encoding.ASCII.GetBytes(Mark);
    private readonly Dictionary<string, byte[]> keys;
    private readonly string? current;

    /// <summary>A sealer with these keys; see <see cref="SealingOptions.Keys"/>.</summary>
    /// <exception cref="ArgumentException">A key is not of that form. The message does not contain it.</exception>
    public Sealer(IEnumerable<string> keys)
    {
        var ring = keys.Select(Read).ToList();
        this.keys = ring.ToDictionary(key => key.Id, key => key.Bytes, StringComparer.Ordinal);
        current = ring.Count == 0 ? null : ring[0].Id;
    }

    /// <summary>Encrypts nothing and reads what is not encrypted.</summary>
    public static Sealer None { get; } = new([]);

    /// <summary>Whether it encrypts.</summary>
    public bool IsSealing => current is not null;

    /// <summary>Encrypts a text; without a key it is returned as it is.</summary>
    public string Seal(string text) => current is null ? text : $"{Mark}{current}:{Base64Url.EncodeToString(Encrypt(Encoding.UTF8.GetBytes(text)))}";

    /// <summary>Reads what <see cref="Seal(string)"/> wrote, and plain texts.</summary>
    /// <exception cref="CryptographicException">Its key is not in the ring, or it was changed.</exception>
    public string Open(string stored)
    {
        if (!stored.StartsWith(Mark, StringComparison.Ordinal))
        {
            return stored;
        }

        var parts = stored[Mark.Length..].Split(':', 2);
        return Encoding.UTF8.GetString(Decrypt(parts[0], Base64Url.DecodeFromChars(parts[1])));
    }

    /// <summary>Encrypts bytes; without a key they are returned as they are.</summary>
    public byte[] Seal(byte[] content) => current is null ? content : [.. ByteMark, .. Encoding.ASCII.GetBytes(current), (byte)':', .. Encrypt(content)];

    /// <summary>Reads what <see cref="Seal(byte[])"/> wrote, and plain bytes.</summary>
    /// <exception cref="CryptographicException">Its key is not in the ring, or it was changed.</exception>
    public byte[] Open(byte[] stored)
    {
        if (!stored.AsSpan().StartsWith(ByteMark))
        {
            return stored;
        }

        var rest = stored.AsSpan(ByteMark.Length);
        var end = rest.IndexOf((byte)':');
        return Decrypt(Encoding.ASCII.GetString(rest[..end]), rest[(end + 1)..].ToArray());
    }

    private byte[] Encrypt(byte[] plain)
    {
        var result = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = result.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys[current!], TagBytes);
        aes.Encrypt(nonce, plain, result.AsSpan(NonceBytes + TagBytes), result.AsSpan(NonceBytes, TagBytes));
        return result;
    }

    private byte[] Decrypt(string id, byte[] content)
    {
        if (!keys.TryGetValue(id, out var key))
        {
            throw new CryptographicException($"This was encrypted with the key '{id}', which is not among Encryption:Keys.");
        }

        var plain = new byte[content.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(content.AsSpan(0, NonceBytes), content.AsSpan(NonceBytes + TagBytes), content.AsSpan(NonceBytes, TagBytes), plain);
        return plain;
    }

    private static (string Id, byte[] Bytes) Read(string key)
    {
        var parts = key.Split(':', 2);
        var bytes = new byte[KeyBytes];
        return parts is [{ Length: > 0 } id, var text] && id.All(char.IsAsciiLetterOrDigit) && Convert.TryFromBase64String(text.Trim(), bytes, out var written) && written == KeyBytes
            ? (id, bytes)
            : throw new ArgumentException("Encryption:Keys wants id:base64, the id of letters and digits, the key of 32 bytes.");
    }
}
