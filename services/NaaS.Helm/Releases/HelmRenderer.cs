using System.Runtime.CompilerServices;
using NaaS.Helm.Charts;
using NaaS.Helm.Functions;
using NaaS.Helm.Go;
using NaaS.Helm.Rendering;
using NaaS.Helm.Templates;
using NaaS.Helm.Values;

namespace NaaS.Helm.Releases;

/// <summary>Renders releases as Helm 4.1.4 does, without Helm. Safe for many threads; a chart's parsed templates are kept with it.</summary>
public static class HelmRenderer
{
    private const string NotesSuffix = "NOTES.txt";
    private static readonly ConditionalWeakTable<Chart, ParsedTemplates> Templates = [];
    private static readonly ConditionalWeakTable<Chart, DocumentHeads> Heads = [];

    /// <summary>Renders a release.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="request">Name, values and everything else that the release is made from.</param>
    /// <param name="warn">Takes Helm's warnings; they may quote values.</param>
    /// <param name="cancellationToken">Stops the rendering.</param>
    /// <exception cref="HelmException">Chart, values or templates are wrong (the text is Helm's), or a bound is crossed.</exception>
    public static RenderedRelease Render(Chart chart, ReleaseRequest request, Action<string>? warn = null, CancellationToken cancellationToken = default) =>
        OnDeepStack(request.Limits, () =>
        {
            var input = ChartValues.Prepare(chart, request, warn);
            var rendered = OfRelease(() => ChartEngine.Render(input, request, Context(chart, request, cancellationToken)));
            return Assemble(input, rendered, request, Heads.GetOrCreateValue(chart));
        });

    /// <summary>Texts of the templates as rendered, before Helm cuts and sorts them; paths and texts are byte strings.</summary>
    internal static IReadOnlyDictionary<string, string> RenderTemplates(Chart chart, ReleaseRequest request) =>
        OnDeepStack(request.Limits, () => ChartEngine.Render(ChartValues.Prepare(chart, request), request, Context(chart, request, CancellationToken.None)));

    private static T OnDeepStack<T>(RenderLimits limits, Func<T> work)
        where T : class
    {
        T? result = null;
        DeepStack.Run(limits.Depth, () => result = work());
        return result!;
    }

    private static RenderContext Context(Chart chart, ReleaseRequest request, CancellationToken cancellationToken) => new()
    {
        Limits = request.Limits,
        Lookup = request.Lookup,
        Random = new Randomness(request.Seed),
        Now = request.Seed is { } seed ? () => seed.Now : () => TimeProvider.System.GetUtcNow(),
        Parsed = Templates.GetOrCreateValue(chart),
        Cancellation = cancellationToken,
    };

    // Helm says more about errors once it has begun a release; callers that print as it does can tell by this mark.
    private static T OfRelease<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (HelmException error)
        {
            error.IsOfRelease = true;
            throw;
        }
    }

    private static RenderedRelease Assemble(RenderInput input, Dictionary<string, string> rendered, ReleaseRequest request, DocumentHeads heads)
    {
        var (manifests, hooks) = OfRelease(() => Sorted(Documents(rendered, heads)));
        var crds = Crds(input.Chart).ToList();
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
            Notes = rendered.TryGetValue($"{input.Chart.Path}/templates/{NotesSuffix}", out string? notes) ? GoString.ToText(notes) : null,
        };
    }

    private static (List<Document> Manifests, List<HookDocument> Hooks) Sorted(IEnumerable<Document> documents)
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
        return ([.. KindOrder.Sort(manifests, manifest => manifest.Kind)], [.. KindOrder.Sort(hooks, hook => hook.Document.Kind)]);
    }

    private static IEnumerable<Document> Documents(Dictionary<string, string> rendered, DocumentHeads heads) =>
        from file in rendered.OrderBy(file => file.Key, StringComparer.Ordinal)
        where !file.Key.EndsWith(NotesSuffix, StringComparison.Ordinal)
        from text in ManifestSplitter.Split(file.Value)
        select Document.Parse(file.Key, text, heads);

    private static IEnumerable<Document> Parsed(IEnumerable<RenderFile> crds) =>
        crds.SelectMany(crd => ManifestSplitter.Split(crd.Data).Select(text => Document.Parse(crd.Name, text)));

    private static IEnumerable<RenderFile> Crds(RenderChart chart) => chart.Crds
        .Select(file => new RenderFile($"{chart.Path}/{file.Name}", file.Data))
        .Concat(chart.Dependencies.SelectMany(Crds));

    private static Manifest Manifest(Document document) =>
        new(GoString.ToText(document.Path), GoString.ToText(document.Text), JsonObjects.Of(document.Value!));
}
