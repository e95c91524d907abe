using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NaaS.Helm.Releases;
using NaaS.Helm.Tests.Rendering;

namespace NaaS.Helm.Tests.Releases;

/// <summary>With a seed a release renders to the same text each time, and a change in one place rolls no password in another.</summary>
public class SeedTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("{{ randAlphaNum 20 }} {{ randAlpha 5 }} {{ randNumeric 5 }} {{ randAscii 5 }} {{ randInt 0 1000000 }} {{ randBytes 16 }} {{ uuidv4 }} {{ shuffle \"abcdefghij\" }}")]
    [InlineData("{{ htpasswd \"u\" \"p\" }} {{ bcrypt \"x\" }} {{ encryptAES \"k\" \"text\" }} {{ now }} {{ now | unixEpoch }}")]
    [InlineData("{{ genPrivateKey \"ecdsa\" }} {{ genPrivateKey \"ed25519\" }}")]
    [InlineData("{{ $ca := genCA \"ca\" 10 }}{{ $ca.Cert }}{{ $ca.Key }}")]
    public void The_same_seed_gives_the_same_text_and_another_seed_another(string template)
    {
        string first = Render(template, "one");
        Render(template, "one").ShouldBe(first);
        Render(template, "two").ShouldNotBe(first);
    }

    [Fact]
    public void A_call_added_elsewhere_changes_nothing_here()
    {
        const string password = "{{ define \"p\" }}{{ randAlphaNum 20 }}{{ end }}{{ include \"p\" . }}";
        string before = Render(password, "one");
        Render("{{ define \"q\" }}{{ randAlphaNum 20 }}{{ end }}{{ $_ := include \"q\" . }}\n" + password, "one").Trim().ShouldBe(before);
        Render("{{ $_ := uuidv4 }}" + password, "one").ShouldBe(before);
    }

    [Fact]
    public void Two_calls_give_two_values()
    {
        string[] words = Render("{{ randAlphaNum 20 }} {{ randAlphaNum 20 }}", "one").Split(' ');
        words[0].ShouldNotBe(words[1]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("one")]
    public void A_signed_certificate_is_valid_under_its_authority(string? seed)
    {
        string text = Render("{{ $ca := genCA \"my-ca\" 10 }}{{ $c := genSignedCert \"cn\" (list \"10.0.0.1\") (list \"a.b\") 10 $ca }}{{ $ca.Cert }}|{{ $c.Cert }}|{{ $c.Key }}", seed);
        string[] parts = text.Split('|');
        using var authority = X509Certificate2.CreateFromPem(parts[0]);
        using var certificate = X509Certificate2.CreateFromPem(parts[1], parts[2]);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = certificate.NotBefore.AddDays(1);
        chain.Build(certificate).ShouldBeTrue();
        certificate.MatchesHostname("a.b").ShouldBeTrue();
        certificate.MatchesHostname("10.0.0.1").ShouldBeTrue();
        using var key = certificate.GetRSAPrivateKey()!;
        byte[] message = [1, 2, 3];
        byte[] signature = key.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var publicKey = certificate.GetRSAPublicKey()!;
        publicKey.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
    }

    private static string Render(string template, string? seed)
    {
        var chart = SmallChart.Of(("templates/a.yaml", template));
        var request = SmallChart.Request() with { Seed = seed is null ? null : new RandomSeed(seed, Now) };
        return HelmRenderer.RenderTemplates(chart, request)["web/templates/a.yaml"];
    }
}
