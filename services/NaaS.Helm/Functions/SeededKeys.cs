using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Functions;

/// <summary>Keys made from a stream of random bytes, where the system's generators take no seed.</summary>
internal static class SeededKeys
{
    private const int PrimalityRounds = 8;
    private static readonly BigInteger Exponent = 65537;
    private static readonly int[] SmallPrimes = Sieve(2000);

    /// <summary>An RSA key.</summary>
    public static RSAParameters Rsa(Evaluator evaluator, RandomStream stream, int bits)
    {
        while (true)
        {
            var p = Prime(evaluator, stream, bits / 2, candidate => (candidate - 1) % Exponent != 0);
            var q = Prime(evaluator, stream, bits / 2, candidate => (candidate - 1) % Exponent != 0);
            if (p == q)
            {
                continue;
            }
            (p, q) = p > q ? (p, q) : (q, p);
            var modulus = p * q;
            if (modulus.GetBitLength() != bits)
            {
                continue;
            }
            var secret = Inverse(Exponent, (p - 1) * (q - 1) / BigInteger.GreatestCommonDivisor(p - 1, q - 1));
            int size = bits / 8;
            return new RSAParameters
            {
                Modulus = Bytes(modulus, size),
                Exponent = Exponent.ToByteArray(isUnsigned: true, isBigEndian: true),
                D = Bytes(secret, size),
                P = Bytes(p, size / 2),
                Q = Bytes(q, size / 2),
                DP = Bytes(secret % (p - 1), size / 2),
                DQ = Bytes(secret % (q - 1), size / 2),
                InverseQ = Bytes(Inverse(q, p), size / 2),
            };
        }
    }

    /// <summary>A DSA key of 2048 and 256 bits as sprig writes it: version, P, Q, G, Y, X.</summary>
    public static byte[] Dsa(Evaluator evaluator)
    {
        if (!evaluator.Context.Random.IsSeeded)
        {
            return SystemDsa();
        }
        var stream = evaluator.RandomStream("genPrivateKey");
        var q = Prime(evaluator, stream, 256, _ => true);
        // P is a prime with Q dividing P - 1; G generates the subgroup of order Q.
        BigInteger p;
        do
        {
            var candidate = Random(stream, 2048) | (BigInteger.One << 2047);
            p = candidate - candidate % (2 * q) + 1;
            evaluator.Step(64);
        }
        while (p.GetBitLength() != 2048 || !IsPrime(evaluator, stream, p));
        BigInteger g;
        BigInteger h = 1;
        do
        {
            g = BigInteger.ModPow(++h, (p - 1) / q, p);
        }
        while (g.IsOne);
        var secret = Random(stream, 320) % (q - 1) + 1;
        return DsaFormat([p, q, g, BigInteger.ModPow(g, secret, p), secret]);
    }

    private static byte[] DsaFormat(BigInteger[] numbers)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            foreach (var number in numbers)
            {
                writer.WriteInteger(number);
            }
        }
        return writer.Encode();
    }

    private static byte[] SystemDsa()
    {
        using var dsa = DSA.Create(2048);
        var key = dsa.ExportParameters(includePrivateParameters: true);
        return DsaFormat([.. new[] { key.P, key.Q, key.G, key.Y, key.X }.Select(number => new BigInteger(number, isUnsigned: true, isBigEndian: true))]);
    }

    private static BigInteger Prime(Evaluator evaluator, RandomStream stream, int bits, Func<BigInteger, bool> fits)
    {
        while (true)
        {
            // The two highest bits are set, so that a product has its full length; the lowest, since it is odd.
            var candidate = Random(stream, bits) | (new BigInteger(3) << (bits - 2)) | 1;
            if (fits(candidate) && IsPrime(evaluator, stream, candidate))
            {
                return candidate;
            }
        }
    }

    private static bool IsPrime(Evaluator evaluator, RandomStream stream, BigInteger candidate)
    {
        foreach (int prime in SmallPrimes)
        {
            if ((candidate % prime).IsZero)
            {
                return false;
            }
        }
        var odd = candidate - 1;
        int twos = 0;
        for (; odd.IsEven; odd >>= 1)
        {
            twos++;
        }
        for (int i = 0; i < PrimalityRounds; i++)
        {
            evaluator.Step(4096);
            var x = BigInteger.ModPow(Random(stream, 256) + 2, odd, candidate);
            if (x.IsOne || x == candidate - 1)
            {
                continue;
            }
            int j = 1;
            for (; j < twos && x != candidate - 1; j++)
            {
                x = BigInteger.ModPow(x, 2, candidate);
            }
            if (x != candidate - 1)
            {
                return false;
            }
        }
        return true;
    }

    private static BigInteger Random(RandomStream stream, int bits)
    {
        byte[] bytes = new byte[bits / 8];
        stream.Fill(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        var (oldR, r) = (value % modulus, modulus);
        var (oldS, s) = (BigInteger.One, BigInteger.Zero);
        while (!r.IsZero)
        {
            var quotient = oldR / r;
            (oldR, r) = (r, oldR - quotient * r);
            (oldS, s) = (s, oldS - quotient * s);
        }
        return ((oldS % modulus) + modulus) % modulus;
    }

    private static byte[] Bytes(BigInteger value, int size)
    {
        byte[] bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return bytes.Length == size ? bytes : [.. new byte[size - bytes.Length], .. bytes];
    }

    private static int[] Sieve(int below) =>
        Enumerable.Range(2, below - 2).Where(n => Enumerable.Range(2, Math.Max(0, (int)Math.Sqrt(n) - 1)).All(d => n % d != 0)).ToArray();
}
