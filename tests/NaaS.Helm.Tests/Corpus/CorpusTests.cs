using NaaS.Helm.Releases;
using NaaS.Helm.Tests.Probes;

namespace NaaS.Helm.Tests.Corpus;

/// <summary>Public charts rendered as the real Helm rendered them, to the byte.</summary>
public class CorpusTests
{
    private static readonly Dictionary<string, CorpusCase> Cases = SharedFolder.Helm is null ? [] : CorpusCase.All().ToDictionary(one => one.Id);

    public static TheoryData<string> Rendered => Ids("ok");

    public static TheoryData<string> Refused => Ids("error");

    public static TheoryData<string> Random => Ids("random");

    [Theory]
    [MemberData(nameof(Rendered))]
    public void A_public_chart_renders_as_the_real_helm_renders_it(string id)
    {
        var one = Case(id);
        string text = Render(one).Text;
        Assert.Equal(File.ReadAllText(one.OutputPath), text);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_public_chart_refuses_values_in_the_real_helms_words(string id)
    {
        var one = Case(id);
        string error = Should.Throw<HelmException>(() => Render(one)).Message;
        string expected = File.ReadAllText(one.ErrorPath);
        expected = expected[(expected.IndexOf("Error: ", StringComparison.Ordinal) + "Error: ".Length)..];
        expected = expected.Replace("\nUse --debug flag to render out invalid YAML", "").TrimEnd();
        Assert.Equal(SchemaText.Ordered(expected), SchemaText.Ordered(error.TrimEnd()));
    }

    [Theory]
    [MemberData(nameof(Random))]
    public void What_is_random_has_the_same_shape_each_time_and_another_value(string id)
    {
        var one = Case(id);
        var first = Render(one);
        var second = Render(one);
        first.Text.ShouldNotBe(second.Text);
        first.Text.Split('\n').Length.ShouldBe(second.Text.Split('\n').Length);
        first.Manifests.Select(manifest => manifest.Source).ShouldBe(second.Manifests.Select(manifest => manifest.Source));
    }

    private static RenderedRelease Render(CorpusCase one) =>
        HelmRenderer.Render(one.Load(), one.Request(), cancellationToken: TestContext.Current.CancellationToken);

    private static TheoryData<string> Ids(string expected) =>
        new(SharedFolder.Helm is null ? [""] : Cases.Values.Where(one => one.Expected == expected).Select(one => one.Id));

    private static CorpusCase Case(string id)
    {
        Assert.SkipWhen(SharedFolder.Helm is null, "the recordings are not here");
        return Cases[id];
    }
}
