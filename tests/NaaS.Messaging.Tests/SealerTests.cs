using System.Security.Cryptography;
using NaaS.Messaging.Sealing;

namespace NaaS.Messaging.Tests;

public sealed class SealerTests
{
    private static readonly string First = $"k1:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
    private static readonly string Second = $"k2:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    [Fact]
    public void What_is_sealed_shows_nothing_and_opens_again()
    {
        var sealer = new Sealer([First]);

        var stored = sealer.Seal("password: hunter2");

        stored.ShouldNotContain("hunter2");
        sealer.Open(stored).ShouldBe("password: hunter2");
        sealer.Open(sealer.Seal([1, 2, 3])).ShouldBe([1, 2, 3]);
        sealer.Seal("password: hunter2").ShouldNotBe(stored, "the same text twice must not be recognised");
    }

    [Fact]
    public void A_new_key_in_front_writes_and_the_old_one_still_reads()
    {
        var before = new Sealer([First]).Seal("old");
        var rotated = new Sealer([Second, First]);

        rotated.Open(before).ShouldBe("old");
        new Sealer([Second]).Open(rotated.Seal("new")).ShouldBe("new");
    }

    [Fact]
    public void What_was_stored_before_there_was_a_key_is_read() => new Sealer([First]).Open("plain").ShouldBe("plain");

    [Fact]
    public void A_missing_key_is_named_and_a_changed_text_refused()
    {
        var stored = new Sealer([First]).Seal("text");

        Should.Throw<CryptographicException>(() => new Sealer([Second]).Open(stored)).Message.ShouldContain("'k1'");
        Should.Throw<CryptographicException>(() => new Sealer([First]).Open(stored[..^4] + (stored.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA")));
    }

    [Theory, InlineData("k1"), InlineData("k1:short"), InlineData(":AAAA"), InlineData("k-1:AAAA")]
    public void A_key_of_another_form_is_refused_without_repeating_it(string key) =>
        Should.Throw<ArgumentException>(() => new Sealer([key])).Message.ShouldNotContain(key.Split(':')[^1] + "\"");
}
