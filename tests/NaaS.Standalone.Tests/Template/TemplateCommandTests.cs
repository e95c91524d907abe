namespace NaaS.Standalone.Tests.Template;

/// <summary>Command lines answered as the real <c>helm template</c> answers them in the same test.</summary>
public sealed class TemplateCommandTests(SampleCharts charts) : IClassFixture<SampleCharts>
{
    /// <summary>Words are separated by blanks; <c>@</c> is the charts' folder, <c>~</c> a blank.</summary>
    public static TheoryData<string> Good => new(
        "@/web",
        "app @/web",
        "app @/web-1.2.3.tgz",
        "app @/web -n demo",
        "app @/web --namespace=demo --is-upgrade",
        "-ndemo app @/web",
        "-n=demo app -- @/web",
        "app @/web -f @/values/one.yaml",
        "app @/web -f @/values/one.yaml -f @/values/two.yaml",
        "app @/web --values @/values/two.yaml,@/values/one.yaml",
        "app @/web -f @/values/two.yaml --set name=set,nested.d=7",
        "app @/web --set list={a,b,3} --set nested.b=null --set x.y[2].z=1",
        @"app @/web --set a\.b=1 --set name=a\,b --set q=~spaced~",
        "app @/web --set a[=1",
        "app @/web --set-string n=1,name=true --set n=2",
        "app @/web --set-json nested={\"b\":[1,2.5,null]} --set-json list=[]",
        "app @/web --set-json {\"name\":\"json\",\"big\":12345678901}",
        "app @/web --set-literal name=a,b=c{d}",
        "app @/web --set-literal=name=-x --set-literal nested.b=",
        "app @/web --set-file name=@/values/text.txt",
        @"app @/web --set-file name=@/values/a=b\,c.txt,other=@/values/text.txt",
        "app @/bytes --set-file file=@/values/binary.bin",
        "app @/bytes",
        "app @/web --include-crds",
        "app @/web --include-crds --skip-crds",
        "app @/web --no-hooks",
        "app @/web --no-hooks=false --skip-tests",
        "app @/web -s templates/service.yaml",
        "app @/web --show-only templates/tests/*.yaml -s templates/config.yaml",
        "app @/web --kube-version 1.28.3",
        "app @/web --kube-version v1.30.2-eks-1",
        "app @/web -a example.org/v1",
        "app @/web --api-versions other/v1,example.org/v1",
        "app @/web --set name=7 --skip-schema-validation",
        "app @/web --version 9.9.9",
        "app @/web --dry-run --wait --timeout 1m --create-namespace --description x",
        "app @/web --timeout -5s --burst-limit 0x10 --qps 0x1p-2 -l a=b --labels=c=d",
        "app @/web -n ABC",
        "app @/web --namespace=",
        "app @/web --set name=a --set name=b --set-string name=c",
        "app @/web --set-json=name=\"x\" --set-json nested={}",
        "app @/web --set list[1]=x --set list[0]=",
        "app @/web --set list={} --set nested.d={a,b}",
        "app @/web --set-json [1]",
        "app @/web --set =1",
        "app @/web --set .a=1",
        "app @/web --set-string list.x=1",
        "app @/web --set nested.d=1e3,nested.e=0x10,nested.f=-0,nested.g=007",
        "app @/web --set-string nested.d=null --set nested.e=null",
        "app @/web --set-literal nested.d={a,b} --set-literal nested.e=null",
        "app @/web -a a/v1 -a b/v1,c/v1 --kube-version 1.29",
        "app @/web --kube-version v1.31",
        "app @/web --no-hooks --include-crds -s templates/config.yaml",
        "app @/web -s templates/config.yaml -s templates/config.yaml",
        "app @/web -s templates/**/*.yaml",
        "app --is-upgrade=false @/web --skip-tests=t --no-hooks=F",
        "app @/web --include-crds=false --include-crds",
        "--set name=x -- app @/web",
        "@/web -g");

    public static TheoryData<string> Refused => new(
        "",
        "--no-such-flag x",
        "-x y",
        "app @/web --set",
        "app @/web -n",
        "app @/web --no-hooks=perhaps",
        "app @/web --dry-run=perhaps",
        "app @/web --wait=perhaps",
        "a b c d",
        "app @/web -g",
        "chart-without-path",
        "repository/chart",
        "./no-such-chart",
        "@/no-such-chart",
        "@/none",
        "@/values/one.yaml",
        "@/values/text.txt",
        "app @/lib",
        "app @/needy",
        "UPPER @/web",
        "app @/web -f @/no-such.yaml",
        "app @/web -f @/values/wrong.yaml",
        "app @/web --set a",
        "app @/web --set a[70000]=1",
        "app @/web --set-json a=[",
        "app @/web --set-file a=@/no-such.txt",
        "app @/web --set name=7",
        "app @/web --set name=broken",
        "app @/web --set name=no-yaml",
        "app @/web --kube-version 1.10",
        "app @/web --kube-version nonsense",
        "app @/web -s templates/no-such.yaml",
        "chart --repo oci://127.0.0.1:1/x",
        "chart --repo ftp://127.0.0.1/x",
        "chart --repo @/values",
        "chart --repo nonsense",
        "chart --repo file://@/values",
        "app @/web --kube-version 1.x",
        "app @/web --kube-version 01.2",
        "app @/web -s templates/{config,service}.yaml",
        "app @/web --kube-version",
        "app @/web --set-file a",
        "app @/web --set-json a",
        "app @/web --set-json {",
        "app @/web --set-json a=01",
        "app @/web --set nested={a,{b}}",
        "app @/web --set-literal a",
        "app @/web --set a[-1]=2",
        "app @/web --set a[x]=2",
        "app @/web --set a[0]b=2",
        "app @/web --set a..b=1",
        "app @/web --set a={b",
        "app @/web --set name=q,name[0].x=1",
        "app @/web --values",
        "app @/web -f @/values",
        "app @/web --output-dir",
        "app @/web --=x",
        "app @/web -",
        "app @/web --skip-tests=2",
        "app @/web -s templates/_helpers.tpl",
        "app @/web -s [",
        "app @/web --timeout x",
        "app @/web --timeout 5",
        "app @/web --timeout=",
        "app @/web --timeout 1h5",
        "app @/web --timeout 1y",
        "app @/web --burst-limit x",
        "app @/web --burst-limit 99999999999999999999",
        "app @/web --qps x",
        "app @/web --qps 1e50",
        "app @/web --qps 1e500",
        "app @/web --labels a",
        "app @/web --labels=",
        "app-.x @/web",
        "@/web extra more");

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_command_line_gives_the_same_bytes_as_the_real_helm(string words)
    {
        var (helm, own) = await RunBothAsync(words);
        helm.ExitCode.ShouldBe(0, helm.Error);
        Assert.Equal(helm.OutputText, own.OutputText);
        own.ExitCode.ShouldBe(0);
        own.ErrorText.ShouldBe("");
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_command_line_is_refused_in_the_real_helms_words(string words)
    {
        var (helm, own) = await RunBothAsync(words);
        helm.ExitCode.ShouldBe(1);
        own.ExitCode.ShouldBe(1);
        Assert.Equal(helm.OutputText, own.OutputText);
        Assert.Equal(helm.ErrorText, own.ErrorText);
    }

    [Fact]
    public async Task Files_are_written_into_the_output_folder_as_the_real_helm_writes_them()
    {
        var (theirs, ours) = (Path.Combine(charts.Folder, "theirs"), Path.Combine(charts.Folder, "ours"));
        string[] words = ["app", Path.Combine(charts.Folder, "web"), "--include-crds", "--output-dir"];
        var helm = await RealHelm.TemplateAsync(charts.Folder, [.. words, theirs]);
        var own = await OwnTemplate.RunAsync([.. words, ours]);
        Assert.Equal(helm.OutputText.Replace(theirs, "DIR"), own.OutputText.Replace(ours, "DIR"));
        Assert.Equal(Contents(theirs), Contents(ours));
    }

    [Theory]
    [InlineData("--name-template=x")]
    [InlineData("--post-renderer=x")]
    [InlineData("--verify")]
    [InlineData("--dry-run=server")]
    public async Task What_it_cannot_do_is_refused_and_named(string flag)
    {
        var own = await OwnTemplate.RunAsync(flag, Path.Combine(charts.Folder, "web"));
        own.ExitCode.ShouldBe(1);
        own.Output.ShouldBeEmpty();
        own.Error.ShouldContain(flag.Split('=')[0]);
    }

    private static SortedDictionary<string, string> Contents(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllText),
        StringComparer.Ordinal);

    private async Task<(Outcome Helm, Outcome Own)> RunBothAsync(string words)
    {
        var commandLine = words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Replace("@", charts.Folder, StringComparison.Ordinal).Replace('~', ' ')).ToArray();
        return (await RealHelm.TemplateAsync(charts.Folder, commandLine), await OwnTemplate.RunAsync(commandLine));
    }
}
