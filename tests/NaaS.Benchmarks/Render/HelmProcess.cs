using System.Diagnostics;

namespace NaaS.Benchmarks.Render;

/// <summary>The real <c>helm</c> command.</summary>
internal sealed class HelmProcess
{
    private HelmProcess(string path) => Path = path;

    public string Path { get; }

    public static HelmProcess? Find(FileInfo? given)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator);
        string?[] candidates = [given?.FullName, Environment.GetEnvironmentVariable("NAAS_HELM"), .. folders.Select(folder => System.IO.Path.Combine(folder, "helm"))];
        return Array.Find(candidates, File.Exists) is { } found ? new HelmProcess(found) : null;
    }

    /// <summary>Median time of whole processes, and their output.</summary>
    public (TimeSpan Time, byte[] Output) Measure(ChartCase one, int runs)
    {
        byte[] output = [];
        var time = Median.Of(runs, () => output = Run(one));
        return (time, output);
    }

    private byte[] Run(ChartCase one)
    {
        var start = new ProcessStartInfo(Path, one.CommandLine) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var helm = Process.Start(start)!;
        var error = helm.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        helm.StandardOutput.BaseStream.CopyTo(output);
        helm.WaitForExit();
        return helm.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"helm template {one.Name}: {error.Result}");
    }
}
