namespace NaaS.Benchmarks.Fuzz;

/// <summary>An input that was not taken as it should be.</summary>
internal sealed record FuzzFailure(FuzzPlan Plan, FuzzTarget Target, int Number, string What)
{
    /// <summary>Saves the input and says how to see it again.</summary>
    /// <returns>The exit code.</returns>
    public int Report()
    {
        var file = Path.GetFullPath($"fuzz-{Target.Name}-{Plan.Seed}-{Number}.input");
        File.WriteAllBytes(file, Target.Input(Plan.Seed, Number));
        Console.WriteLine($"FAILED {Target.Name}, seed {Plan.Seed}, input {Number}: {What}");
        Console.WriteLine($"The input is in {file}; again with: fuzz-helm --target {Target.Name} --seed {Plan.Seed} --from {Number} --count 1");
        return 1;
    }
}
