namespace NaaS.Helm.Tests.Probes;

/// <summary>Errors of schemas stand in no fixed order in the real Helm, which walks through a Go map: they are compared in text order.</summary>
internal static class SchemaText
{
    /// <summary>The text with the top errors of each chart sorted, each with the lines that belong to it.</summary>
    public static string Ordered(string text)
    {
        if (!text.Contains("values don't meet the specifications", StringComparison.Ordinal))
        {
            return text;
        }

        var lines = new List<string>();
        var errors = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal) && errors.Count > 0)
            {
                errors[^1] += "\n" + line;
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                errors.Add(line);
            }
            else
            {
                Flush();
                lines.Add(line);
            }
        }

        Flush();
        return string.Join('\n', lines);

        void Flush()
        {
            lines.AddRange(errors.Order(StringComparer.Ordinal));
            errors.Clear();
        }
    }
}
