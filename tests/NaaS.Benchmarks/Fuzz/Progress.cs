using System.IO.MemoryMappedFiles;

namespace NaaS.Benchmarks.Fuzz;

/// <summary>Remembers outside the process which inputs its threads are at, so that they are known after a crash.</summary>
internal sealed class Progress
{
    private const string Variable = "NAAS_FUZZ_PROGRESS";
    private const int Slots = 256;
    private readonly MemoryMappedViewAccessor? view;

    private Progress(MemoryMappedViewAccessor? view) => this.view = view;

    /// <summary>The file that the guard named; none where there is no guard.</summary>
    public static Progress Open()
    {
        var file = Environment.GetEnvironmentVariable(Variable);
        return new Progress(file is null ? null : MemoryMappedFile.CreateFromFile(file, FileMode.Open, null, Slots * sizeof(long)).CreateViewAccessor());
    }

    /// <summary>Makes the file for a child process.</summary>
    public static (string Variable, string File) Prepare()
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, new byte[Slots * sizeof(long)]);
        return (Variable, file);
    }

    /// <summary>The last inputs of a child process: target and number.</summary>
    public static IEnumerable<(FuzzTarget Target, int Number)> Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return from slot in Enumerable.Range(0, Slots)
               let value = BitConverter.ToInt64(bytes, slot * sizeof(long))
               where value != 0
               select (FuzzTargets.All[(int)(value >> 32) - 1], (int)value);
    }

    public void Write(FuzzTarget target, int number) =>
        view?.Write(Environment.CurrentManagedThreadId % Slots * sizeof(long), ((long)(FuzzTargets.IndexOf(target) + 1) << 32) | (uint)number);
}
