using NaaS.Helm.Go;
using NaaS.Helm.Rendering;

namespace NaaS.Helm.Releases;

/// <summary>Makes the release of its documents, whoever rendered them.</summary>
internal static class ReleaseAssembly
{
    /// <summary>The release: hooks apart, CRDs apart, objects parsed when they are asked for.</summary>
    /// <param name="chart">The chart tree without disabled sub charts.</param>
    /// <param name="documents">Documents in Helm's order.</param>
    /// <param name="notes">The top chart's notes, a byte string; null where it has none.</param>
    /// <param name="request">What the release was rendered from.</param>
    public static RenderedRelease Of(RenderChart chart, IEnumerable<Document> documents, string? notes, ReleaseRequest request)
    {
        var (manifests, hooks) = Apart(documents);
        var crds = Crds(chart).ToList();
        string text = ReleaseText.Of(crds, manifests, hooks, request);
        return new RenderedRelease
        {
            Text = GoString.ToText(text),
            ByteString = text,
            Manifests = new LazyList<Manifest>(() => [.. manifests.Where(manifest => manifest.Value is not null).Select(Manifest)]),
            Hooks = new LazyList<Hook>(() =>
            [
                .. hooks.Where(hook => hook.Document.Value is not null)
                    .OrderBy(hook => hook.Weight).ThenBy(hook => hook.Document.Name, StringComparer.Ordinal)
                    .Select(hook => new Hook(Manifest(hook.Document), hook.Events, hook.Weight, hook.DeletePolicies)),
            ]),
            Crds = new LazyList<Manifest>(() => [.. Parsed(crds).Where(crd => crd.Value is not null).Select(Manifest)]),
            Notes = notes is null ? null : GoString.ToText(notes),
        };
    }

    private static (List<Document> Manifests, List<HookDocument> Hooks) Apart(IEnumerable<Document> documents)
    {
        var manifests = new List<Document>();
        var hooks = new List<HookDocument>();
        foreach (var document in documents)
        {
            if (!HookDocument.TryRead(document, out var hook))
            {
                manifests.Add(document);
            }
            else if (hook is not null)
            {
                hooks.Add(hook);
            }
        }
        return (manifests, hooks);
    }

    private static IEnumerable<Document> Parsed(IEnumerable<RenderFile> crds) =>
        crds.SelectMany(crd => ManifestSplitter.Split(crd.Data).Select(text => Document.Parse(crd.Name, text)));

    private static IEnumerable<RenderFile> Crds(RenderChart chart) => chart.Crds
        .Select(file => file with { Name = $"{chart.Path}/{file.Name}" })
        .Concat(chart.Dependencies.SelectMany(Crds));

    private static Manifest Manifest(Document document) =>
        new(GoString.ToText(document.Path), GoString.ToText(document.Text), JsonObjects.Of(document.Value!));
}
