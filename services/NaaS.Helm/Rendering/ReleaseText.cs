using System.Text;
using System.Text.RegularExpressions;
using NaaS.Helm.Charts;
using NaaS.Helm.Go;
using NaaS.Helm.Releases;

namespace NaaS.Helm.Rendering;

/// <summary>What <c>helm template</c> prints of a release. Texts are byte strings.</summary>
internal static class ReleaseText
{
    public static string Of(IEnumerable<RenderFile> crds, IEnumerable<Document> manifests, IEnumerable<HookDocument> hooks, ReleaseRequest request)
    {
        var text = new StringBuilder();
        foreach (var crd in request.IncludeCrds ? crds : [])
        {
            Append(text, crd.Name, crd.Data);
        }
        foreach (var document in manifests)
        {
            Append(text, document.Path, document.Text);
        }
        TrimEnd(text);
        text.Append('\n');
        foreach (var hook in request.NoHooks ? [] : hooks)
        {
            if (!request.SkipTests || !hook.IsTest)
            {
                Append(text, hook.Document.Path, hook.Document.Text);
            }
        }
        return request.ShowOnly.Count == 0 ? text.ToString() : Shown(text.ToString(), request.ShowOnly);
    }

    // Helm trims the manifest as a whole; it begins with dashes, so only its end can change.
    private static void TrimEnd(StringBuilder text)
    {
        const int longest = 3;
        while (text.Length > 0)
        {
            string tail = text.ToString(Math.Max(0, text.Length - longest), Math.Min(longest, text.Length));
            int rune = Utf8.DecodeLast(tail, tail.Length, out int width);
            if (!GoUnicode.IsSpace(rune))
            {
                return;
            }
            text.Length -= width;
        }
    }

    private static void Append(StringBuilder to, string path, string text) => to.Append("---\n# Source: ").Append(path).Append('\n').Append(text).Append('\n');

    // Helm cuts its own output up again and compares the paths behind the chart's name.
    private static string Shown(string text, IReadOnlyList<string> wanted)
    {
        var regex = GoRegex.Compile("# Source: [^/]+/(.+)");
        var documents = ManifestSplitter.Split(text);
        var to = new StringBuilder();
        foreach (string pattern in wanted)
        {
            var paths = PathsOf(pattern);
            var found = documents.Where(document => regex.Find(document, 0) is { } match && paths?.IsMatch(GoString.ToText(document[match[2]..match[3]])) == true).ToList();
            if (found.Count == 0)
            {
                throw new HelmException($"could not find template {pattern} in chart");
            }
            found.ForEach(document => to.Append("---\n").Append(document).Append('\n'));
        }
        return to.ToString();
    }

    // Helm takes a malformed pattern for one that nothing matches.
    private static Regex? PathsOf(string pattern)
    {
        try
        {
            return HelmIgnore.GoFileMatch(pattern);
        }
        catch (ChartException)
        {
            return null;
        }
    }
}
