using System.CommandLine;

namespace NaaS.Benchmarks.Render;

/// <summary><c>render</c>: the real <c>helm template</c> process beside our first and our repeated render, for each public chart.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        var corpus = new Option<DirectoryInfo?>("--corpus") { Description = "Folder of charts (default: ../shared/helm/corpus, looked for upwards, else deploy/charts)." };
        var helm = new Option<FileInfo?>("--helm") { Description = "The helm command (default: NAAS_HELM, else the one on the path)." };
        var runs = new Option<int>("--runs") { Description = "Processes and first renders per chart; the median counts.", DefaultValueFactory = _ => 5 };
        var heap = new Option<int>("--heap")
        {
            Description = "Most megabytes of this process's heap, as a container's limit sets them; 0 sets none.",
        };
        var command = new Command("render", "Compares rendering in process with the helm command.") { corpus, helm, runs, heap };
        command.SetAction(arguments =>
        {
            PeakMemory.BoundHeap(arguments.GetValue(heap));
            return Run(ChartCorpus.Find(arguments.GetValue(corpus)), HelmProcess.Find(arguments.GetValue(helm)), arguments.GetValue(runs));
        });
        return command;
    }

    private static int Run(ChartCorpus corpus, HelmProcess? helm, int runs)
    {
        Console.WriteLine(corpus.Description);
        Console.WriteLine(helm is null ? "The helm command is not here (NAAS_HELM): only our own times." : $"Compared with {helm.Path}.");
        OwnRenderer.WarmUp(corpus.Cases);
        var table = new TimingTable();
        foreach (var one in corpus.Cases)
        {
            var real = helm?.Measure(one, runs);
            table.Add(new ChartTiming(one.Name, real?.Time, OwnRenderer.MeasureFirst(one, runs), OwnRenderer.MeasureRepeated(one, runs * 4), real is not { } answer || OwnRenderer.IsSame(one, answer.Output)));
        }

        table.PrintSummary();
        Console.WriteLine($"Peak memory of this process over the whole corpus: {Environment.WorkingSet / 1048576} MB now, {PeakMemory.Megabytes} MB at most (aim: under 200)");
        return 0;
    }
}
