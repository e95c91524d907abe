using System.Text.Json;

namespace NaaS.Standalone.Serving;

/// <summary>Where everything answers; kept in <c>addresses.json</c> while it does.</summary>
internal sealed record Addresses(Uri Api, Uri Openslice, Uri Charts, Uri Hub, IReadOnlyDictionary<string, Uri> Clusters)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes the file in one move, so that who waits for it never reads half of it.</summary>
    public async Task WriteAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var draft = file.FullName + ".new";
        await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(this, Json), cancellationToken);
        File.Move(draft, file.FullName, overwrite: true);
    }
}
