using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace NaaS.TmfRest.Security.Tokens;

/// <summary>The key that tokens are signed with.</summary>
internal static class TokenKey
{
    private const int Bits = 2048;

    /// <summary>Reads the key from its file, which only its owner can read, or makes one.</summary>
    public static RsaSecurityKey Open(string? file)
    {
        var rsa = RSA.Create(Bits);
        if (file is not null && File.Exists(file))
        {
            rsa.ImportFromPem(File.ReadAllText(file));
        }
        else if (file is not null)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(file, options);
            writer.Write(rsa.ExportRSAPrivateKeyPem());
        }

        return new RsaSecurityKey(rsa) { KeyId = Base64UrlEncoder.Encode(SHA256.HashData(rsa.ExportRSAPublicKey()))[..16] };
    }

    /// <summary>What refresh tokens are encrypted with: it follows from the signing key, so that there is one thing to keep.</summary>
    public static SymmetricSecurityKey Encryption(RsaSecurityKey key) => new(HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Rsa.ExportRSAPrivateKey(), 32, info: "refresh"u8.ToArray()));
}
