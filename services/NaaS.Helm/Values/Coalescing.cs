using NaaS.Helm.Go;
using NaaS.Helm.Json;

namespace NaaS.Helm.Values;

/// <summary>
/// Lays a user's values over a chart's defaults and those over its sub charts', as Helm's pkg/chart/common/util/coalesce.go of 4.1:
/// maps merge, all else is replaced, a null removes a default; merging, used before the final pass, keeps nulls.
/// </summary>
/// <param name="warn">Takes Helm's warnings.</param>
internal sealed class Coalescing(Action<string> warn)
{
    private const string Global = "global";

    /// <summary>Values of a chart and its sub charts; <paramref name="values"/> is not changed.</summary>
    public GoMap Coalesce(WorkingChart chart, GoMap values) => Coalesce(chart, ValueCopies.Copy(values), "", merge: false);

    /// <summary>As <see cref="Coalesce(WorkingChart, GoMap)"/>, keeping nulls.</summary>
    public GoMap Merge(WorkingChart chart, GoMap values) => Coalesce(chart, ValueCopies.Copy(values), "", merge: true);

    /// <summary>Merges one table into another in place, the destination winning, nulls kept.</summary>
    public GoMap MergeTables(GoMap destination, GoMap source) => Tables(destination, source, "", merge: true);

    private GoMap Coalesce(WorkingChart chart, GoMap destination, string prefix, bool merge)
    {
        Defaults(chart, destination, prefix, merge);
        var subPrefix = Join(prefix, chart.Name);
        foreach (var sub in chart.Dependencies)
        {
            if (!destination.TryGetValue(sub.Name, out var section))
            {
                section = new GoMap();
                destination[sub.Name] = section;
            }

            if (section is not GoMap table)
            {
                throw new HelmException($"type mismatch on {GoString.ToText(sub.Name)}: {NotATable(section)}");
            }

            Globals(table, destination, subPrefix);
            Coalesce(sub, table, subPrefix, merge);
        }

        return destination;
    }

    private void Defaults(WorkingChart chart, GoMap values, string prefix, bool merge)
    {
        var subPrefix = Join(prefix, chart.Name);
        foreach (var (key, shared) in chart.Values)
        {
            if (!values.TryGetValue(key, out var value))
            {
                values[key] = ValueCopies.Copy(shared);
            }
            else if (value is null && !merge)
            {
                values.Remove(key);
            }
            else if (value is GoMap table)
            {
                if (shared is GoMap defaults)
                {
                    var keepNulls = merge || chart.Dependencies.Any(d => d.Name == key);
                    Tables(table, ValueCopies.Copy(defaults), Join(subPrefix, key), keepNulls);
                }
                else if (shared is not null)
                {
                    warn($"warning: skipped value for {GoString.ToText(subPrefix)}.{GoString.ToText(key)}: Not a table.");
                }
            }
        }
    }

    private void Globals(GoMap destination, GoMap source, string prefix)
    {
        var to = new GoMap();
        if (destination.TryGetValue(Global, out var present) && !TryTable(present, "destination", ref to))
        {
            return;
        }

        var from = new GoMap();
        if (source.TryGetValue(Global, out var given) && !TryTable(given, "source", ref from))
        {
            return;
        }

        foreach (var (key, value) in from)
        {
            if (value is GoMap table)
            {
                GlobalTable(to, key, table, prefix);
            }
            else if (to.TryGetValue(key, out var below) && below is GoMap)
            {
                warn($"key {GoString.ToText(key)} is table. Skipping");
            }
            else
            {
                to[key] = value;
            }
        }

        destination[Global] = to;
    }

    private void GlobalTable(GoMap to, string key, GoMap table, string prefix)
    {
        // A copy of the table itself only: deeper maps are shared with the parent, as in Helm.
        var copy = ValuesDocuments.Merge(table, []);
        if (!to.TryGetValue(key, out var below))
        {
            to[key] = copy;
        }
        else if (below is GoMap belowTable)
        {
            to[key] = Tables(copy, belowTable, Join(prefix, key), merge: true);
        }
        else
        {
            warn($"Conflict: cannot merge map onto non-map for \"{GoString.ToText(key)}\". Skipping.");
        }
    }

    private bool TryTable(object? value, string which, ref GoMap table)
    {
        if (value is GoMap map)
        {
            table = map;
            return true;
        }

        warn($"warning: skipping globals because {which} {Global} is not a table.");
        return false;
    }

    private GoMap Tables(GoMap destination, GoMap source, string prefix, bool merge)
    {
        if (ReferenceEquals(destination, source))
        {
            return destination;
        }

        var given = new HashSet<string>(source.Where(p => p.Value is not null).Select(p => p.Key), StringComparer.Ordinal);
        foreach (var key in destination.Where(p => p.Value is null).Select(p => p.Key))
        {
            source[key] = null;
        }

        foreach (var (key, value) in source)
        {
            if (!destination.TryGetValue(key, out var kept))
            {
                destination[key] = value;
            }
            else if (!merge && kept is null && given.Contains(key))
            {
                // The user removes a default; a null where there was none stays.
                destination.Remove(key);
            }
            else if (value is GoMap below)
            {
                if (kept is GoMap table)
                {
                    Tables(table, below, Join(prefix, key), merge);
                }
                else
                {
                    warn($"warning: cannot overwrite table with non table for {GoString.ToText(Join(prefix, key))} ({GoPrint.Of(value)})");
                }
            }
            else if (kept is GoMap && value is not null)
            {
                warn($"warning: destination for {GoString.ToText(Join(prefix, key))} is a table. Ignoring non-table value ({GoPrint.Of(value)})");
            }
        }

        return destination;
    }

    private static string Join(string prefix, string name) => prefix.Length == 0 ? name : prefix + "." + name;

    /// <summary>Go's <c>%t</c> of a value that is no boolean.</summary>
    private static string NotATable(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        null => "%!t(<nil>)",
        string text => $"%!t(string={GoString.ToText(text)})",
        long number => $"%!t(int64={number})",
        double number => $"%!t(float64={GoNumber.General(number)})",
        GoList list => $"[{string.Join(' ', list.Select(NotATable))}]",
        _ => GoPrint.Of(value),
    };
}
