using System.Text.Json;

namespace NaaS.Standalone.Demo;

/// <summary>One step of the story and how it went.</summary>
internal sealed record StepResult(string Name, bool Ok, long Milliseconds, string Detail);

/// <summary>What <c>--json FILE</c> writes.</summary>
internal sealed record DemoReport(IReadOnlyList<StepResult> Steps)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public bool Ok => Steps.All(step => step.Ok);

    public Task WriteAsync(FileInfo file, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(this, Json), cancellationToken);
}

/// <summary>What the story expected and did not see.</summary>
internal sealed class StepFailedException(string message) : Exception(message);
