using NaaS.Helm.Go;

namespace NaaS.Helm.Rendering;

/// <summary>
/// Cuts a rendered text into documents as Helm 4.1 does, by the expression <c>(?:^|\s*\n)---\s*</c>: the dashes stand at the start of a line,
/// what is glued to them belongs to the next document, and white space around them goes.
/// </summary>
internal static class ManifestSplitter
{
    private const string Space = "\t\n\f\r ";

    public static List<string> Split(string text)
    {
        text = GoUnicode.TrimSpace(text);
        var documents = new List<string>();
        int start = 0;
        if (text.StartsWith("---", StringComparison.Ordinal))
        {
            start = SkipSpace(text, 3);
        }
        while (true)
        {
            int newline = text.IndexOf("\n---", start, StringComparison.Ordinal);
            if (newline < 0)
            {
                Add(documents, text[start..]);
                return documents;
            }
            int end = newline;
            while (end > start && Space.Contains(text[end - 1]))
            {
                end--;
            }
            Add(documents, text[start..end]);
            start = SkipSpace(text, newline + 4);
        }
    }

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && Space.Contains(text[at]))
        {
            at++;
        }
        return at;
    }

    private static void Add(List<string> documents, string document)
    {
        if (document.Length > 0)
        {
            documents.Add(GoUnicode.TrimSpace(document));
        }
    }
}
