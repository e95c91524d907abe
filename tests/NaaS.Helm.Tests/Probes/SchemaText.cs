namespace NaaS.Helm.Tests.Probes;

/// <summary>Errors of schemas stand in no fixed order in the real Helm, which walks through a Go map: they are compared in text order.</summary>
internal static class SchemaText
{
    /// <summary>The text with its top errors sorted, each with the lines that belong to it.</summary>
    public static string Ordered(string text)
    {
        if (!text.Contains("values don't meet the specifications", StringComparison.Ordinal))
        {
            return text;
        }

        var blocks = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                blocks[^1] += "\n" + line;
            }
            else
            {
                blocks.Add(line);
            }
        }

        return string.Join('\n', blocks.Order(StringComparer.Ordinal));
    }
}
