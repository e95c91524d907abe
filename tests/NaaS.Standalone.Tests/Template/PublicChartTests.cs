namespace NaaS.Standalone.Tests.Template;

/// <summary>Public charts from the recordings beside the project, through both commands in the same test.</summary>
public sealed class PublicChartTests
{
    private static readonly string? Corpus = FindCorpus();

    [Theory]
    [InlineData("ingress-nginx", "")]
    [InlineData("cert-manager", "--include-crds --set crds.enabled=true")]
    [InlineData("kube-prometheus-stack", "--include-crds --set grafana.adminPassword=x")]
    [InlineData("prometheus", "--set server.replicaCount=2 --set-string server.podLabels.n=1")]
    [InlineData("traefik", "--skip-tests --is-upgrade --set-json ingressRoute.dashboard={\"enabled\":true}")]
    [InlineData("podinfo", "--no-hooks -s templates/deployment.yaml")]
    [InlineData("external-dns", "--kube-version 1.31.0 -a monitoring.coreos.com/v1 --set serviceMonitor.enabled=true")]
    [InlineData("harbor", "--set expose.type=nothing")]
    [InlineData("argo-cd", "-s templates/no-such.yaml")]
    public async Task A_public_chart_gives_what_the_real_helm_gives(string chart, string flags)
    {
        Assert.SkipWhen(Corpus is null, "the public charts are not here");
        var archive = Directory.EnumerateFiles(Corpus, $"{chart}-*.tgz").First(file => char.IsAsciiDigit(Path.GetFileName(file)[chart.Length + 1]) || Path.GetFileName(file)[chart.Length + 1] == 'v');
        string[] words = ["rel", archive, "-n", "demo", .. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var helm = await RealHelm.TemplateAsync(Corpus, words);
        var own = await OwnTemplate.RunAsync(words);
        own.ExitCode.ShouldBe(helm.ExitCode, own.Error);
        Assert.Equal(helm.OutputText, own.OutputText);
        Assert.Equal(helm.ErrorText, own.ErrorText);
    }

    private static string? FindCorpus()
    {
        var given = Environment.GetEnvironmentVariable("NAAS_SHARED");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(given ?? Path.Combine(folder.FullName, "shared"), "helm", "corpus");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
