using System.Diagnostics;
using System.Globalization;

namespace NaaS.Benchmarks.Fuzz;

/// <summary>Runs a plan in a child process, since a stack overflow or a lack of memory ends the process that meets it.</summary>
internal static class FuzzGuard
{
    // One gigabyte: whatever takes more, on whichever thread, ends the child.
    private const string MostHeap = "40000000";

    public static int Run(FuzzPlan plan, string? target)
    {
        var (variable, file) = Progress.Prepare();
        try
        {
            string[] arguments =
            [
                "fuzz-helm", "--inside", "--count", Text(plan.Count), "--seed", Text(plan.Seed), "--from", Text(plan.From), .. target is null ? [] : new[] { "--target", target },
            ];
            var start = OwnProgram.With(arguments);
            start.Environment[variable] = file;
            start.Environment["DOTNET_GCHeapHardLimit"] = MostHeap;
            using var child = Process.Start(start)!;
            child.WaitForExit();
            if (child.ExitCode is not (0 or 1))
            {
                Console.WriteLine($"The process ended with code {child.ExitCode}; one of its last inputs did it:");
                foreach (var (last, number) in Progress.Read(file))
                {
                    new FuzzFailure(plan, last, number, "the process ended").Report();
                }
            }

            return child.ExitCode == 0 ? 0 : 1;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
