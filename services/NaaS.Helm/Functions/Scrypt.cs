using System.Buffers.Binary;
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

    // Written out with locals: this runs two million times for one password.
    private static void Salsa8(Span<uint> block)
    {
        uint x0 = block[0];
        uint x1 = block[1];
        uint x2 = block[2];
        uint x3 = block[3];
        uint x4 = block[4];
        uint x5 = block[5];
        uint x6 = block[6];
        uint x7 = block[7];
        uint x8 = block[8];
        uint x9 = block[9];
        uint x10 = block[10];
        uint x11 = block[11];
        uint x12 = block[12];
        uint x13 = block[13];
        uint x14 = block[14];
        uint x15 = block[15];
        for (int i = 0; i < 8; i += 2)
        {
            uint sum;
            sum = x0 + x12;
            x4 ^= sum << 7 | sum >> 25;
            sum = x4 + x0;
            x8 ^= sum << 9 | sum >> 23;
            sum = x8 + x4;
            x12 ^= sum << 13 | sum >> 19;
            sum = x12 + x8;
            x0 ^= sum << 18 | sum >> 14;
            sum = x5 + x1;
            x9 ^= sum << 7 | sum >> 25;
            sum = x9 + x5;
            x13 ^= sum << 9 | sum >> 23;
            sum = x13 + x9;
            x1 ^= sum << 13 | sum >> 19;
            sum = x1 + x13;
            x5 ^= sum << 18 | sum >> 14;
            sum = x10 + x6;
            x14 ^= sum << 7 | sum >> 25;
            sum = x14 + x10;
            x2 ^= sum << 9 | sum >> 23;
            sum = x2 + x14;
            x6 ^= sum << 13 | sum >> 19;
            sum = x6 + x2;
            x10 ^= sum << 18 | sum >> 14;
            sum = x15 + x11;
            x3 ^= sum << 7 | sum >> 25;
            sum = x3 + x15;
            x7 ^= sum << 9 | sum >> 23;
            sum = x7 + x3;
            x11 ^= sum << 13 | sum >> 19;
            sum = x11 + x7;
            x15 ^= sum << 18 | sum >> 14;
            sum = x0 + x3;
            x1 ^= sum << 7 | sum >> 25;
            sum = x1 + x0;
            x2 ^= sum << 9 | sum >> 23;
            sum = x2 + x1;
            x3 ^= sum << 13 | sum >> 19;
            sum = x3 + x2;
            x0 ^= sum << 18 | sum >> 14;
            sum = x5 + x4;
            x6 ^= sum << 7 | sum >> 25;
            sum = x6 + x5;
            x7 ^= sum << 9 | sum >> 23;
            sum = x7 + x6;
            x4 ^= sum << 13 | sum >> 19;
            sum = x4 + x7;
            x5 ^= sum << 18 | sum >> 14;
            sum = x10 + x9;
            x11 ^= sum << 7 | sum >> 25;
            sum = x11 + x10;
            x8 ^= sum << 9 | sum >> 23;
            sum = x8 + x11;
            x9 ^= sum << 13 | sum >> 19;
            sum = x9 + x8;
            x10 ^= sum << 18 | sum >> 14;
            sum = x15 + x14;
            x12 ^= sum << 7 | sum >> 25;
            sum = x12 + x15;
            x13 ^= sum << 9 | sum >> 23;
            sum = x13 + x12;
            x14 ^= sum << 13 | sum >> 19;
            sum = x14 + x13;
            x15 ^= sum << 18 | sum >> 14;
        }
        block[0] += x0;
        block[1] += x1;
        block[2] += x2;
        block[3] += x3;
        block[4] += x4;
        block[5] += x5;
        block[6] += x6;
        block[7] += x7;
        block[8] += x8;
        block[9] += x9;
        block[10] += x10;
        block[11] += x11;
        block[12] += x12;
        block[13] += x13;
        block[14] += x14;
        block[15] += x15;
    }
}
