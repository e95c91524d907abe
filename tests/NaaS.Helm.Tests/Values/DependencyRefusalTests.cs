using NaaS.Helm.Releases;
using NaaS.Helm.Tests.Charts;
using NaaS.Helm.Tests.Rendering;

namespace NaaS.Helm.Tests.Values;

/// <summary>Values that a sub chart cannot take, in the words of helm 4.1.4.</summary>
public class DependencyRefusalTests
{
    [Theory]
    [InlineData("dependencies: [{name: s, version: '*'}]\n", "chart dependencies processing failed: type mismatch on s: %!t(float64=7)")]
    [InlineData("", "type mismatch on s: %!t(float64=7)")]
    public void A_scalar_in_a_sub_charts_place_is_refused(string dependencies, string words)
    {
        var chart = TestCharts.Read(
            "Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n" + dependencies,
            "charts/s/Chart.yaml", "apiVersion: v2\nname: s\nversion: 1.0.0\n");
        Should.Throw<HelmException>(() => HelmRenderer.Render(chart, SmallChart.Request("s: 7\n"), null, TestContext.Current.CancellationToken)).Message.ShouldBe(words);
    }
}
