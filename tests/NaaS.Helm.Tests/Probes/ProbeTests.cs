namespace NaaS.Helm.Tests.Probes;

/// <summary>Every recorded answer of the real Helm, to the byte.</summary>
public class ProbeTests
{
    private static readonly Dictionary<string, Probe> Probes = SharedFolder.Helm is null ? [] : Probe.All().ToDictionary(probe => probe.Id);

    public static TheoryData<string> Ids => new(SharedFolder.Helm is null ? [""] : Probes.Keys);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Answers_as_the_real_helm_does(string id)
    {
        Assert.SkipWhen(SharedFolder.Helm is null, "the recordings are not here");
        Assert.SkipWhen(id == "schema-unknown-draft", "we never fetch a schema unasked");
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
        Assert.Equal(SchemaText.Ordered(probe.Output ?? $"ERROR {probe.Error}"), SchemaText.Ordered(output ?? $"ERROR {error?.TrimEnd('\n')}"));
    }
}
