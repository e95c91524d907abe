namespace NaaS.Helm.Templates;

/// <summary>
/// Templates that can call each other by name. A set made for <c>tpl</c> lies over the one it was made from, so that definitions in its text
/// are seen there and vanish afterwards.
/// </summary>
internal sealed class TemplateSet(TemplateSet? under = null)
{
    private readonly Dictionary<string, Tree> own = new(StringComparer.Ordinal);

    /// <summary>Adds the trees of a parsed text; an empty one does not replace one that is there.</summary>
    public void Add(IReadOnlyDictionary<string, Tree> trees)
    {
        foreach (var (name, tree) in trees)
        {
            if (!tree.IsEmpty || Find(name) is null)
            {
                own[name] = tree;
            }
        }
    }

    /// <summary>Adds the tree of a file whose path is no template's name yet.</summary>
    public void Add(Tree tree) => own.Add(tree.Name, tree);

    /// <summary>The template of a name, or null.</summary>
    public Tree? Find(string name)
    {
        for (var set = this; set is not null; set = set.under)
        {
            if (set.own.TryGetValue(name, out var tree))
            {
                return tree;
            }
        }
        return null;
    }

    private readonly TemplateSet? under = under;
}
