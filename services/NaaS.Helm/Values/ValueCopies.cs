using NaaS.Helm.Go;

namespace NaaS.Helm.Values;

/// <summary>Deep copies of plain values, so that a chart's defaults are never changed by a render.</summary>
internal static class ValueCopies
{
    public static GoMap Copy(GoMap map, string typeName = GoMap.Any)
    {
        var copy = new GoMap(typeName);
        copy.EnsureCapacity(map.Count);
        foreach (var (key, value) in map)
        {
            copy.Add(key, Copy(value));
        }

        return copy;
    }

    public static object? Copy(object? value) => value switch
    {
        GoMap map => Copy(map, map.TypeName),
        GoList list => Copy(list),
        _ => value,
    };

    private static GoList Copy(GoList list)
    {
        var copy = new GoList(list.TypeName) { Capacity = list.Count, IsNil = list.IsNil };
        foreach (var item in list)
        {
            copy.Add(Copy(item));
        }

        return copy;
    }
}
