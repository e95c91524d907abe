using System.CommandLine;

namespace NaaS.Benchmarks.Fuzz;

/// <summary><c>fuzz-helm</c>: damaged templates, YAML and archives by the million; nothing may crash, hang or eat the memory.</summary>
internal static class FuzzCommand
{
    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "Inputs over all targets.", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<int>("--seed") { Description = "Makes the inputs; the same seed makes the same ones.", DefaultValueFactory = _ => 1 };
        var target = new Option<string?>("--target") { Description = $"Only this target: {string.Join(", ", FuzzTargets.All.Select(one => one.Name))}." };
        var from = new Option<int>("--from") { Description = "Number of the first input.", DefaultValueFactory = _ => 0 };
        var inside = new Option<bool>("--inside") { Description = "Run in this process, without a guard that outlives a crash.", Hidden = true };
        var command = new Command("fuzz-helm", "Feeds generated inputs to the readers of NaaS.Helm.") { count, seed, target, from, inside };
        command.SetAction(arguments =>
        {
            var wanted = arguments.GetValue(target);
            var targets = FuzzTargets.All.Where(one => wanted is null || one.Name == wanted).ToList();
            var plan = new FuzzPlan(targets, arguments.GetValue(count), arguments.GetValue(seed), arguments.GetValue(from));
            return arguments.GetValue(inside) ? new FuzzRun(plan).Run() : FuzzGuard.Run(plan, wanted);
        });
        return command;
    }
}
