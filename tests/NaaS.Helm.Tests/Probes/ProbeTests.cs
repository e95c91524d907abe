namespace NaaS.Helm.Tests.Probes;

/// <summary>Every recorded answer of the real Helm, to the byte.</summary>
public class ProbeTests
{
    private static readonly Dictionary<string, Probe> Probes = SharedFolder.Helm is null ? [] : Probe.All().ToDictionary(probe => probe.Id);

    /// <summary>Answers that are different on purpose, or not worth the same words.</summary>
    private static readonly Dictionary<string, string> Differences = new()
    {
        ["schema-unknown-draft"] = "a schema from the network is refused, not fetched",
        ["toml-fromtoml"] = "an error in TOML has words of its own",
    };

    public static TheoryData<string> Ids => new(SharedFolder.Helm is null ? [""] : Probes.Keys);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Answers_as_the_real_helm_does(string id)
    {
        Assert.SkipWhen(SharedFolder.Helm is null, "the recordings are not here");
        Assert.SkipWhen(Differences.ContainsKey(id), Differences.GetValueOrDefault(id, ""));
        var probe = Probes[id];
        string? output = null;
        string? error = null;
        try
        {
            output = probe.Render();
        }
        catch (HelmException e)
        {
            error = e.Message;
        }
        if (probe.LongError is { } expected)
        {
            error.ShouldNotBeNull();
            error.ShouldStartWith(expected.Prefix);
            error.ShouldEndWith(expected.Suffix);
            error.Length.ShouldBe(expected.Length);
            return;
        }
        Assert.Equal(probe.Output ?? $"ERROR {InOrder(probe.Error!)}", output ?? $"ERROR {InOrder(error!)}");
    }

    // Helm's schema library reports what is wrong inside one object in no fixed order.
    internal static string InOrder(string error) => error.StartsWith("values don't meet", StringComparison.Ordinal)
        ? string.Join('\n', error.TrimEnd().Split('\n').Order(StringComparer.Ordinal))
        : error.TrimEnd();
}
