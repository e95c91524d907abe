using NaaS.Helm.Charts;
using NaaS.Helm.Go;
using NaaS.Helm.Json;
using NaaS.Helm.Versions;

namespace NaaS.Helm.Values;

/// <summary>
/// Settles which sub charts take part and under which names (alias, version, tags, condition), then brings imported values up,
/// as Helm's pkg/chart/v2/util/dependencies.go.
/// </summary>
/// <param name="coalescing">Lays values over defaults.</param>
/// <param name="warn">Takes Helm's warnings.</param>
internal sealed class DependencySelection(Coalescing coalescing, Action<string> warn)
{
    private const string Check =
        "an error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: ";

    /// <summary>Refuses a chart that names dependencies which are not under charts/.</summary>
    public static void RequirePresent(Chart chart)
    {
        var present = chart.Dependencies.Select(d => d.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        var missing = (chart.Metadata.Dependencies ?? []).Select(d => d!.Name).Where(name => !present.Contains(name)).ToArray();
        if (missing.Length > 0)
        {
            throw new HelmException($"{Check}found in Chart.yaml, but missing in charts/ directory: {GoString.ToText(string.Join(", ", missing))}");
        }
    }

    /// <summary>Settles a chart's tree in place.</summary>
    public void Process(WorkingChart chart, GoMap values)
    {
        Select(chart, values, "");
        Import(chart);
    }

    private void Select(WorkingChart chart, GoMap values, string path)
    {
        if (chart.Requirements is null)
        {
            return;
        }

        var undeclared = chart.Dependencies.Where(d => !chart.Requirements.Any(r => Matches(r, d)));
        var declared = chart.Requirements
            .Select(r => chart.Dependencies.FirstOrDefault(d => Matches(r, d))?.Alias(r.Declared.Alias))
            .OfType<WorkingChart>();
        chart.Dependencies = [.. undeclared, .. declared];
        foreach (var requirement in chart.Requirements)
        {
            requirement.Name = requirement.Declared.Alias.Length > 0 ? requirement.Declared.Alias : requirement.Name;
            requirement.Enabled = true;
        }

        var coalesced = coalescing.Coalesce(chart, values);
        ApplyTags(chart.Requirements, coalesced);
        ApplyConditions(chart.Requirements, coalesced, path);

        var disabled = chart.Requirements.Where(r => !r.Enabled).Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        chart.Requirements = [.. chart.Requirements.Where(r => !disabled.Contains(r.Name))];
        chart.Dependencies = [.. chart.Dependencies.Where(d => !disabled.Contains(d.Name))];
        foreach (var dependency in chart.Dependencies)
        {
            Select(dependency, coalesced, path + dependency.Name + ".");
        }
    }

    private static bool Matches(WorkingDependency requirement, WorkingChart chart) =>
        chart.Name == requirement.Declared.Name
        && VersionConstraint.TryParse(GoString.ToText(requirement.Declared.Version), out var range)
        && SemanticVersion.TryParse(chart.Chart.Version, out var version)
        && range.Accepts(version);

    private void ApplyTags(List<WorkingDependency> requirements, GoMap values)
    {
        if (!values.TryGetValue("tags", out var found) || found is not GoMap tags)
        {
            return;
        }

        foreach (var requirement in requirements)
        {
            var (anyTrue, anyFalse) = (false, false);
            foreach (var tag in requirement.Declared.Tags.Where(tags.ContainsKey))
            {
                if (tags[tag] is bool flag)
                {
                    anyTrue |= flag;
                    anyFalse |= !flag;
                }
                else
                {
                    warn($"returned non-bool value tag={GoString.ToText(tag)} chart={GoString.ToText(requirement.Name)}");
                }
            }

            requirement.Enabled = anyTrue || !anyFalse;
        }
    }

    private void ApplyConditions(List<WorkingDependency> requirements, GoMap values, string path)
    {
        foreach (var requirement in requirements)
        {
            foreach (var condition in requirement.Declared.Condition.Trim().Split(',').Where(c => c.Length > 0))
            {
                if (!TryPath(values, path + condition, out var value))
                {
                    continue;
                }

                if (value is bool flag)
                {
                    requirement.Enabled = flag;
                    break;
                }

                warn($"returned non-bool value path={GoString.ToText(condition)} chart={GoString.ToText(requirement.Name)}");
            }
        }
    }

    /// <summary>A value that is no table, at a path of dots.</summary>
    private static bool TryPath(GoMap values, string path, out object? value)
    {
        value = null;
        var dot = path.LastIndexOf('.');
        var table = dot < 0 ? values : Table(values, path[..dot]);
        return table is not null && table.TryGetValue(path[(dot + 1)..], out value) && value is not GoMap;
    }

    private static GoMap? Table(GoMap values, string path)
    {
        GoMap? table = values;
        foreach (var step in path.Split('.'))
        {
            table = table is not null && table.TryGetValue(step, out var next) ? next as GoMap : null;
        }

        return table;
    }

    private void Import(WorkingChart chart)
    {
        foreach (var dependency in chart.Dependencies)
        {
            Import(dependency);
        }

        if (chart.Requirements is null or { Count: 0 })
        {
            return;
        }

        var values = coalescing.Merge(chart, []);
        var imported = new GoMap();
        foreach (var requirement in chart.Requirements)
        {
            requirement.Imported = [];
            foreach (var rule in requirement.Declared.ImportValues)
            {
                imported = Import(requirement, rule, values, imported);
            }
        }

        chart.Values = coalescing.MergeTables(ValueCopies.Copy(values), imported);
    }

    private GoMap Import(WorkingDependency requirement, object? rule, GoMap values, GoMap imported)
    {
        var (child, parent) = rule switch
        {
            string name => ("exports." + name, "."),
            GoMap map => (GoString.FromText(GoPrint.Of(map.GetValueOrDefault("child"))), GoString.FromText(GoPrint.Of(map.GetValueOrDefault("parent")))),
            _ => ("", ""),
        };
        if (parent.Length == 0)
        {
            return imported;
        }

        requirement.Imported!.Add(new GoMap(GoMap.OfStrings) { ["child"] = child, ["parent"] = parent });
        if (Table(values, requirement.Name + "." + child) is not { } table)
        {
            warn(rule is string
                ? $"ImportValues missing table error=\"\\\"{GoString.ToText(child.Split('.')[^1])}\\\" is not a table\""
                : $"ImportValues missing table from chart chart={GoString.ToText(requirement.Name)}");
            return imported;
        }

        return coalescing.MergeTables(imported, Nested(parent, table));
    }

    private static GoMap Nested(string path, GoMap table) =>
        path == "." ? table : path.Split('.').Reverse().Aggregate(table, (inner, step) => new GoMap { [step] = inner });
}
