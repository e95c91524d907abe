using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Functions;

/// <summary>A private key with its PEM text.</summary>
internal sealed class PrivateKey : IDisposable
{
    private const int ExpensiveCall = 4096;
    private readonly AsymmetricAlgorithm algorithm;

    private PrivateKey(AsymmetricAlgorithm algorithm, string pem) => (this.algorithm, Pem) = (algorithm, pem);

    /// <summary>PEM text, in the form in which it was given or sprig writes it.</summary>
    public string Pem { get; }

    /// <summary>The public half.</summary>
    public PublicKey Public => algorithm switch
    {
        RSA rsa => new PublicKey(rsa),
        ECDsa elliptic => new PublicKey(elliptic),
        _ => throw Unsupported(),
    };

    /// <summary>Signs certificates.</summary>
    public X509SignatureGenerator Generator => algorithm switch
    {
        RSA rsa => X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1),
        ECDsa elliptic => X509SignatureGenerator.CreateForECDsa(elliptic),
        _ => throw Unsupported(),
    };

    /// <summary>sprig's genPrivateKey.</summary>
    public static string Generate(Evaluator evaluator, string type)
    {
        evaluator.Step(ExpensiveCall);
        switch (type)
        {
            case "" or "rsa":
                using (var rsa = NewRsa(evaluator, "genPrivateKey", 4096))
                {
                    return rsa.Pem;
                }
            case "dsa":
                return Write("DSA PRIVATE KEY", SeededKeys.Dsa(evaluator));
            case "ecdsa":
                using (var elliptic = NewElliptic(evaluator))
                {
                    return Write("EC PRIVATE KEY", elliptic.ExportECPrivateKey());
                }
            case "ed25519":
                return Write("PRIVATE KEY", Ed25519Key(evaluator));
            default:
                return "Unknown type " + type;
        }
    }

    /// <summary>A new RSA key, from the seed where there is one.</summary>
    public static PrivateKey NewRsa(Evaluator evaluator, string function, int bits)
    {
        evaluator.Step(ExpensiveCall);
        var rsa = evaluator.Context.Random.IsSeeded ? RSA.Create(SeededKeys.Rsa(evaluator, evaluator.RandomStream(function), bits)) : RSA.Create(bits);
        return new PrivateKey(rsa, Write("RSA PRIVATE KEY", rsa.ExportRSAPrivateKey()));
    }

    /// <summary>Reads a PEM key; null with the error text of sprig where it is none.</summary>
    public static PrivateKey? Parse(string pem, out string error)
    {
        error = "no PEM data in input";
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            return null;
        }
        string label = pem[fields.Label];
        if (!label.EndsWith("PRIVATE KEY", StringComparison.Ordinal) || (label.Length > 11 && !label.EndsWith(" PRIVATE KEY", StringComparison.Ordinal)))
        {
            error = $"no private key data in PEM block of type {label}";
            return null;
        }
        byte[] der = Convert.FromBase64String(pem[fields.Base64Data]);
        try
        {
            AsymmetricAlgorithm? key = label switch
            {
                "PRIVATE KEY" => Pkcs8(der),
                "RSA PRIVATE KEY" => Import(RSA.Create(), rsa => rsa.ImportRSAPrivateKey(der, out _)),
                "EC PRIVATE KEY" => Import(ECDsa.Create(), elliptic => elliptic.ImportECPrivateKey(der, out _)),
                "DSA PRIVATE KEY" => throw Unsupported(),
                _ => null,
            };
            error = $"invalid private key type {label[..Math.Max(0, label.Length - 12)]}";
            return key is null ? null : new PrivateKey(key, Write(key is RSA ? "RSA PRIVATE KEY" : "EC PRIVATE KEY", Export(key)));
        }
        catch (CryptographicException)
        {
            error = label switch
            {
                "PRIVATE KEY" => "decoding PEM as PKCS#8: asn1: structure error",
                "RSA PRIVATE KEY" => "parsing RSA private key from PEM: asn1: structure error",
                _ => "parsing EC private key from PEM: asn1: structure error",
            };
            return null;
        }
    }

    private static AsymmetricAlgorithm Pkcs8(byte[] der)
    {
        try
        {
            return Import(RSA.Create(), rsa => rsa.ImportPkcs8PrivateKey(der, out _));
        }
        catch (CryptographicException)
        {
            // No RSA key; an elliptic one, or none at all.
            return Import(ECDsa.Create(), elliptic => elliptic.ImportPkcs8PrivateKey(der, out _));
        }
    }

    private static T Import<T>(T key, Action<T> import)
    {
        import(key);
        return key;
    }

    private static byte[] Export(AsymmetricAlgorithm key) => key is RSA rsa ? rsa.ExportRSAPrivateKey() : ((ECDsa)key).ExportECPrivateKey();

    private static ECDsa NewElliptic(Evaluator evaluator)
    {
        if (!evaluator.Context.Random.IsSeeded)
        {
            return ECDsa.Create(ECCurve.NamedCurves.nistP256);
        }
        // The order of P-256 is so near 2^256 that 32 random bytes are a valid key but for one in 2^32; the first bit is cleared to be sure.
        byte[] secret = new byte[32];
        evaluator.RandomStream("genPrivateKey").Fill(secret);
        secret[0] &= 0x7F;
        secret[31] |= 1;
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
    }

    // PKCS#8 of an Ed25519 key is a fixed head and the 32 secret bytes.
    private static byte[] Ed25519Key(Evaluator evaluator)
    {
        byte[] secret = new byte[32];
        evaluator.RandomStream("genPrivateKey").Fill(secret);
        return [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20, .. secret];
    }

    private static string Write(string label, byte[] der) => PemEncoding.WriteString(label, der) + "\n";

    private static FunctionException Unsupported() => new("error creating certificate: x509: unsupported public key type");

    public void Dispose() => algorithm.Dispose();
}
