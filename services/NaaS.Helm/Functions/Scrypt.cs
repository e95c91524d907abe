using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace NaaS.Helm.Functions;

/// <summary>The scrypt key derivation function (RFC 7914).</summary>
internal static class Scrypt
{
    public static byte[] DeriveKey(byte[] password, byte[] salt, int cost, int blockSize, int parallel, int length)
    {
        byte[] blocks = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1, HashAlgorithmName.SHA256, parallel * 128 * blockSize);
        int words = 32 * blockSize;
        var memory = new uint[(long)words * cost];
        for (int i = 0; i < parallel; i++)
        {
            var block = new uint[words];
            for (int j = 0; j < words; j++)
            {
                block[j] = BinaryPrimitives.ReadUInt32LittleEndian(blocks.AsSpan((i * words + j) * 4));
            }
            Mix(block, memory, cost, blockSize);
            for (int j = 0; j < words; j++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(blocks.AsSpan((i * words + j) * 4), block[j]);
            }
        }
        return Rfc2898DeriveBytes.Pbkdf2(password, blocks, 1, HashAlgorithmName.SHA256, length);
    }

    private static void Mix(uint[] block, uint[] memory, int cost, int blockSize)
    {
        int words = block.Length;
        var other = new uint[words];
        for (int i = 0; i < cost; i++)
        {
            block.CopyTo(memory.AsSpan(i * words));
            BlockMix(block, other, blockSize);
            (block, other) = Swap(block, other);
        }
        for (int i = 0; i < cost; i++)
        {
            int at = (int)(block[words - 16] & (uint)(cost - 1)) * words;
            for (int j = 0; j < words; j++)
            {
                block[j] ^= memory[at + j];
            }
            BlockMix(block, other, blockSize);
            (block, other) = Swap(block, other);
        }
    }

    // The result goes back into the caller's array, so the two are copied rather than exchanged.
    private static (uint[] Block, uint[] Other) Swap(uint[] block, uint[] other)
    {
        other.CopyTo(block, 0);
        return (block, other);
    }

    private static void BlockMix(uint[] input, uint[] output, int blockSize)
    {
        Span<uint> x = stackalloc uint[16];
        input.AsSpan((2 * blockSize - 1) * 16, 16).CopyTo(x);
        for (int i = 0; i < 2 * blockSize; i++)
        {
            for (int j = 0; j < 16; j++)
            {
                x[j] ^= input[i * 16 + j];
            }
            Salsa8(x);
            x.CopyTo(output.AsSpan((i / 2 + (i % 2 == 0 ? 0 : blockSize)) * 16));
        }
    }

    private static void Salsa8(Span<uint> block)
    {
        Span<uint> x = stackalloc uint[16];
        block.CopyTo(x);
        for (int i = 0; i < 8; i += 2)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }
        for (int i = 0; i < 16; i++)
        {
            block[i] += x[i];
        }
    }

    private static void Quarter(Span<uint> x, int a, int b, int c, int d)
    {
        x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
        x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
        x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
        x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
    }
}
