using System.Runtime.CompilerServices;
using NaaS.Helm.Charts;
using NaaS.Helm.Functions;
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

    /// <summary>What would be rendered, with every check that Helm makes before it renders.</summary>
    internal static RenderInput Prepare(Chart chart, ReleaseRequest request) => OnDeepStack(request.Limits, () => ChartValues.Prepare(chart, request));

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
        var documents = OfRelease(() => KindOrder.Sort(Documents(rendered, heads).ToList(), document => document.Kind, request.Helm3).ToList());
        string? notes = rendered.GetValueOrDefault($"{input.Chart.Path}/templates/{NotesSuffix}");
        return ReleaseAssembly.Of(input.Chart, documents, notes, request);
    }

    private static IEnumerable<Document> Documents(Dictionary<string, string> rendered, DocumentHeads heads) =>
        from file in rendered.OrderBy(file => file.Key, StringComparer.Ordinal)
        where !file.Key.EndsWith(NotesSuffix, StringComparison.Ordinal)
        from text in ManifestSplitter.Split(file.Value)
        select Document.Parse(file.Key, text, heads);
}
