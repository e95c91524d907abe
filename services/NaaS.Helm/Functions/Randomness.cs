using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NaaS.Helm.Releases;

namespace NaaS.Helm.Functions;

/// <summary>
/// Where random functions take their bytes from. With a seed each call has a stream of its own, named by file, template, function and how
/// often that was called there before; so a change elsewhere in a chart rolls no password.
/// </summary>
internal sealed class Randomness(RandomSeed? seed)
{
    private readonly Dictionary<string, int> calls = new(StringComparer.Ordinal);

    /// <summary>Whether the bytes are the same at each render.</summary>
    public bool IsSeeded => seed is not null;

    /// <summary>A stream for one call.</summary>
    public RandomStream Stream(string file, string template, string function)
    {
        if (seed is null)
        {
            return new RandomStream(null);
        }
        string name = $"{file}\n{template}\n{function}";
        int call = calls.GetValueOrDefault(name);
        calls[name] = call + 1;
        return new RandomStream(HMACSHA256.HashData(Encoding.UTF8.GetBytes(seed.Value), Encoding.UTF8.GetBytes($"{name}\n{call}")));
    }
}

/// <summary>Random bytes: the system's, or HMAC-SHA256 of a counter under a key.</summary>
internal sealed class RandomStream(byte[]? key)
{
    private byte[] block = [];
    private int used;
    private long counter;

    /// <summary>Fills with random bytes.</summary>
    public void Fill(Span<byte> bytes)
    {
        if (key is null)
        {
            RandomNumberGenerator.Fill(bytes);
            return;
        }
        Span<byte> input = stackalloc byte[8];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (used == block.Length)
            {
                BinaryPrimitives.WriteInt64BigEndian(input, counter++);
                block = HMACSHA256.HashData(key, input);
                used = 0;
            }
            bytes[i] = block[used++];
        }
    }

    /// <summary>A number from 0 up to, but not including, a bound; each as likely.</summary>
    public long Below(long bound)
    {
        Span<byte> bytes = stackalloc byte[8];
        ulong limit = ulong.MaxValue - ulong.MaxValue % (ulong)bound;
        ulong value;
        do
        {
            Fill(bytes);
            value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        }
        while (value >= limit);
        return (long)(value % (ulong)bound);
    }
}
