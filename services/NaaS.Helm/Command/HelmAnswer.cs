using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Json;
using NaaS.Helm.Rendering;

namespace NaaS.Helm.Command;

/// <summary>Reads what the <c>helm</c> command printed.</summary>
internal static class HelmAnswer
{
    private const string SourceMark = "# Source: ";
    private const string DebugHint = "\nUse --debug flag to render out invalid YAML";

    /// <summary>The documents of the standard output, in its order, each with its template.</summary>
    public static List<Document> Documents(byte[] output)
    {
        var documents = new List<Document>();
        foreach (var piece in ManifestSplitter.Split(GoString.FromBytes(output)))
        {
            var end = piece.IndexOf('\n', StringComparison.Ordinal);
            if (!piece.StartsWith(SourceMark, StringComparison.Ordinal) || end < 0)
            {
                throw new HelmException("the helm command printed a document without its source");
            }

            documents.Add(Document.Parse(piece[SourceMark.Length..end], piece[(end + 1)..]));
        }

        return documents;
    }

    /// <summary>The text that a document of ours carries in its only field.</summary>
    public static string Field(Document document) => (string)JsonReader.Read(document.Text[(document.Text.IndexOf(':', StringComparison.Ordinal) + 1)..])!;

    /// <summary>What went wrong: Helm's own words behind its warnings.</summary>
    public static HelmException Error(int exitCode, byte[] error)
    {
        const string Start = "Error: ";
        var text = "\n" + Encoding.UTF8.GetString(error).TrimEnd();
        var at = text.IndexOf("\n" + Start, StringComparison.Ordinal);
        if (at < 0)
        {
            // Go's runtime gives up with the reason first and pages of stacks after it.
            var reason = text.Split('\n').FirstOrDefault(line => line.StartsWith("fatal error: ", StringComparison.Ordinal) || line.StartsWith("panic: ", StringComparison.Ordinal));
            return new HelmException($"the chart brought the helm command down: {reason ?? $"exit code {exitCode}"}");
        }

        var message = text[(at + 1 + Start.Length)..];
        return message.EndsWith(DebugHint, StringComparison.Ordinal)
            ? new HelmException(message[..^DebugHint.Length]) { IsOfRelease = true }
            : new HelmException(message);
    }
}
