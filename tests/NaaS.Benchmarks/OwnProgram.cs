using System.Diagnostics;

namespace NaaS.Benchmarks;

/// <summary>This program once more, in a process of its own.</summary>
internal static class OwnProgram
{
    /// <summary>How to start it, whether it runs by its own executable or by <c>dotnet</c>.</summary>
    public static ProcessStartInfo With(params IEnumerable<string> arguments) => new("dotnet", [typeof(OwnProgram).Assembly.Location, .. arguments]);
}
