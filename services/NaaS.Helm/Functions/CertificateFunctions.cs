using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>sprig's certificates. With a seed the same release gets the same keys, serial numbers and dates.</summary>
internal static class CertificateFunctions
{
    private const int CertificateKeyBits = 2048;
    private const int MaxDays = 100 * 366;

    public static void Register(FunctionBuilder table)
    {
        table.Add("genPrivateKey", [GoType.String], (evaluator, args) => PrivateKey.Generate(evaluator, (string)args[0]!));
        table.Add("buildCustomCert", [GoType.String, GoType.String], (_, args) => Build((string)args[0]!, (string)args[1]!));
        table.Add("genCA", [GoType.String, Int], (evaluator, args) => Authority(evaluator, args, NewKey(evaluator, "genCA")));
        table.Add("genCAWithKey", [GoType.String, Int, GoType.String], (evaluator, args) => Authority(evaluator, args, ParseKey((string)args[2]!)));
        table.Add("genSelfSignedCert", [GoType.String, GoType.List, GoType.List, Int], (evaluator, args) =>
            SelfSigned(evaluator, args, NewKey(evaluator, "genSelfSignedCert")));
        table.Add("genSelfSignedCertWithKey", [GoType.String, GoType.List, GoType.List, Int, GoType.String], (evaluator, args) =>
            SelfSigned(evaluator, args, ParseKey((string)args[4]!)));
        table.Add("genSignedCert", [GoType.String, GoType.List, GoType.List, Int, Certificate], (evaluator, args) =>
            Signed(evaluator, args, NewKey(evaluator, "genSignedCert")));
        table.Add("genSignedCertWithKey", [GoType.String, GoType.List, GoType.List, Int, Certificate, GoType.String], (evaluator, args) =>
            Signed(evaluator, args, ParseKey((string)args[5]!)));
    }

    private static PrivateKey NewKey(Evaluator evaluator, string function) => PrivateKey.NewRsa(evaluator, function, CertificateKeyBits);

    private static PrivateKey ParseKey(string pem) => PrivateKey.Parse(pem, out string error) ?? throw new FunctionException($"parsing private key: {error}");

    private static GoCertificate Build(string certificate, string key)
    {
        if (!EncodingFunctions.TryBase64(certificate, out string certificatePem, out _))
        {
            throw new FunctionException("unable to decode base64 certificate");
        }
        if (!EncodingFunctions.TryBase64(key, out string keyPem, out _))
        {
            throw new FunctionException("unable to decode base64 private key");
        }
        Load(certificatePem).Dispose();
        using var parsed = PrivateKey.Parse(keyPem, out string error);
        return parsed is null ? throw new FunctionException($"error parsing private key: {error}") : new GoCertificate(certificatePem, keyPem);
    }

    private static X509Certificate2 Load(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            throw new FunctionException("unable to decode certificate");
        }
        try
        {
            return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(pem[fields.Base64Data]));
        }
        catch (CryptographicException)
        {
            throw new FunctionException("error parsing certificate: decodedCert.Bytes: x509: malformed certificate");
        }
    }

    private static GoCertificate Authority(Evaluator evaluator, object?[] args, PrivateKey key)
    {
        using (key)
        {
            var request = Request((string)args[0]!, null, null, key, authority: true);
            return Issue(evaluator, request, (nint)args[1]!, key, request.SubjectName, key, null);
        }
    }

    private static GoCertificate SelfSigned(Evaluator evaluator, object?[] args, PrivateKey key)
    {
        using (key)
        {
            var request = Request((string)args[0]!, args[1] as GoList, args[2] as GoList, key, authority: false);
            return Issue(evaluator, request, (nint)args[3]!, key, request.SubjectName, key, null);
        }
    }

    private static GoCertificate Signed(Evaluator evaluator, object?[] args, PrivateKey key)
    {
        using (key)
        {
            var authority = (GoCertificate)args[4]!;
            using var signer = Load(authority.Cert);
            using var signerKey = PrivateKey.Parse(authority.Key, out string error) ?? throw new FunctionException($"error parsing private key: {error}");
            var request = Request((string)args[0]!, args[1] as GoList, args[2] as GoList, key, authority: false);
            return Issue(evaluator, request, (nint)args[3]!, key, signer.SubjectName, signerKey, signer);
        }
    }

    private static CertificateRequest Request(string name, GoList? addresses, GoList? dnsNames, PrivateKey key, bool authority)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(GoString.ToText(name));
        var request = new CertificateRequest(subject.Build(), key.Public, HashAlgorithmName.SHA256);
        var usage = X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DigitalSignature | (authority ? X509KeyUsageFlags.KeyCertSign : 0);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, critical: true));
        if (authority)
        {
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key.Public, X509SubjectKeyIdentifierHashAlgorithm.ShortSha256, critical: false));
        }
        AddAlternativeNames(request, addresses, dnsNames);
        return request;
    }

    private static void AddAlternativeNames(CertificateRequest request, GoList? addresses, GoList? dnsNames)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (object? address in addresses ?? [])
        {
            string text = address as string ?? throw new FunctionException($"error parsing ip: {GoFormat.Value(address)} is not a string");
            names.AddIpAddress(ParseAddress(text) ?? throw new FunctionException($"error parsing ip: {text}"));
        }
        foreach (object? name in dnsNames ?? [])
        {
            names.AddDnsName(name as string ?? throw new FunctionException($"error processing alternate dns name: {GoFormat.Value(name)} is not a string"));
        }
        if (addresses?.Count > 0 || dnsNames?.Count > 0)
        {
            request.CertificateExtensions.Add(names.Build());
        }
    }

    // .NET also takes short and octal forms of IPv4.
    private static IPAddress? ParseAddress(string text) =>
        IPAddress.TryParse(text, out var address) && (text.Contains(':') || address.ToString() == text) ? address : null;

    private static GoCertificate Issue(
        Evaluator evaluator, CertificateRequest request, long days, PrivateKey key, X500DistinguishedName issuer, PrivateKey signer, X509Certificate2? parent)
    {
        if (parent?.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } identifier)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        }
        byte[] serial = new byte[16];
        evaluator.RandomStream("certificate serial").Fill(serial);
        serial[0] &= 0x7F;
        var from = evaluator.Context.Now();
        using var certificate = request.Create(issuer, signer.Generator, from, from.AddDays(Math.Clamp(days, -MaxDays, MaxDays)), serial);
        return new GoCertificate(PemEncoding.WriteString("CERTIFICATE", certificate.RawData) + "\n", key.Pem);
    }
}

/// <summary>sprig's certificate: texts of a certificate and its key.</summary>
internal sealed class GoCertificate(string cert, string key) : EngineObject
{
    public string Cert { get; } = cert;

    public string Key { get; } = key;

    public override string TypeName => "sprig.certificate";

    public override object? JsonValue => new GoFields { { "Cert", Cert }, { "Key", Key } };

    public override IReadOnlyList<KeyValuePair<string, object?>> Fields => [new("Cert", Cert), new("Key", Key)];

    public override bool TryGetField(string name, out object? value)
    {
        value = name switch { "Cert" => Cert, "Key" => Key, _ => null };
        return value is not null;
    }
}
