using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>sprig's lists. A function returns a new list and leaves its argument as it is.</summary>
internal static class ListFunctions
{
    private const string NilPointer = "runtime error: invalid memory address or nil pointer dereference";

    public static void Register(FunctionBuilder table)
    {
        table.AddVariadic(["list", "tuple"], [Any], (_, args) => New(args));
        table.Add(["first", "mustFirst"], [Any], (_, args) => Items(args[0], "Cannot find first on type") is { Count: > 0 } list ? list[0] : null);
        table.Add(["last", "mustLast"], [Any], (_, args) => Items(args[0], "Cannot find last on type") is { Count: > 0 } list ? list[^1] : null);
        table.Add(["rest", "mustRest"], [Any], (_, args) => Items(args[0], "Cannot find rest on type") is { Count: > 0 } list ? New(list.Skip(1)) : Nil());
        table.Add(["initial", "mustInitial"], [Any], (_, args) => Items(args[0], "Cannot find initial on type") is { Count: > 0 } list ? New(list.SkipLast(1)) : Nil());
        table.Add(["append", "mustAppend", "push", "mustPush"], [Any, Any], (evaluator, args) => Grown(evaluator, [.. Items(args[0], "Cannot push on type"), args[1]]));
        table.Add(["prepend", "mustPrepend"], [Any, Any], (evaluator, args) => Grown(evaluator, [args[1], .. Items(args[0], "Cannot prepend on type")]));
        table.AddVariadic("concat", [Any], Concat);
        table.Add(["reverse", "mustReverse"], [Any], (_, args) => New(Items(args[0], "Cannot find reverse on type").AsEnumerable().Reverse()));
        table.Add(["uniq", "mustUniq"], [Any], Unique);
        table.AddVariadic(["without", "mustWithout"], [Any, Any], (evaluator, args) =>
            New(Items(args[0], "Cannot find without on type").Where(item => !Contains(evaluator, args.AsSpan(1), item))));
        table.Add(["has", "mustHas"], [Any, Any], (evaluator, args) =>
            args[1] is not null && Contains(evaluator, Items(args[1], "Cannot find has on type").ToArray(), args[0]));
        table.Add(["compact", "mustCompact"], [Any], (_, args) => New(Items(args[0], "Cannot compact on type").Where(GoTypes.IsTrue)));
        table.AddVariadic(["slice", "mustSlice"], [Any, Any], (_, args) => Slice(args));
        table.Add(["chunk", "mustChunk"], [Int, Any], (_, args) => Chunk((nint)args[0]!, Items(args[1], "Cannot chunk type")));
        table.Add("join", [GoType.String, Any], (_, args) => string.Join((string)args[0]!, Texts(args[1])));
        table.Add("sortAlpha", [Any], (_, args) => SortAlpha(args[0]));
        table.Add("toStrings", [Any], (_, args) => OfStrings(Texts(args[0])));
        table.Add("split", [GoType.String, GoType.String], (evaluator, args) => Numbered(SplitText(evaluator, (string)args[1]!, (string)args[0]!, -1)));
        table.Add("splitn", [GoType.String, Int, GoType.String], (evaluator, args) => Numbered(SplitText(evaluator, (string)args[2]!, (string)args[0]!, (nint)args[1]!)));
        table.Add("splitList", [GoType.String, GoType.String], (evaluator, args) => OfStrings(SplitText(evaluator, (string)args[1]!, (string)args[0]!, -1)));
    }

    /// <summary>A list of strings.</summary>
    public static GoList OfStrings(IEnumerable<string> texts)
    {
        var list = new GoList(GoList.OfStrings);
        list.AddRange(texts);
        return list;
    }

    /// <summary>sprig's strslice: elements as texts, nil ones left out.</summary>
    public static IEnumerable<string> Texts(object? value) => value switch
    {
        null => [],
        GoList list => list.Where(item => item is not null).Select(StringFunctions.ToText),
        GoBytes or EngineObject { Kind: "slice" } => Items(value, "").Select(StringFunctions.ToText),
        _ => [StringFunctions.ToText(value)],
    };

    /// <summary><c>strings.SplitN</c>.</summary>
    public static IEnumerable<string> SplitText(Evaluator evaluator, string text, string separator, long count)
    {
        if (count == 0)
        {
            return [];
        }
        int limit = count < 0 ? int.MaxValue : (int)Math.Min(count, int.MaxValue);
        evaluator.CheckElements(separator.Length == 0 ? Math.Min(text.Length, limit) : 0, "split");
        if (separator.Length > 0)
        {
            string[] parts = text.Split(separator, limit);
            evaluator.CheckElements(parts.Length, "split");
            return parts;
        }
        var runes = new List<string>();
        for (int i = 0; i < text.Length;)
        {
            Utf8.Decode(text, i, out int width);
            if (runes.Count == limit - 1)
            {
                width = text.Length - i;
            }
            runes.Add(text.Substring(i, width));
            i += width;
        }
        return runes;
    }

    private static GoList New(IEnumerable<object?> items)
    {
        var list = new GoList();
        list.AddRange(items);
        return list;
    }

    private static GoList Grown(Evaluator evaluator, GoList list)
    {
        evaluator.CheckElements(list.Count, "append");
        return list;
    }

    private static GoList Nil() => new() { IsNil = true };

    private static List<object?> Items(object? value, string error) => value switch
    {
        GoList list => list,
        GoBytes bytes => bytes.Content.Select(c => (object?)(byte)c).ToList(),
        EngineObject { Kind: "slice", Elements: { } elements } => elements.Select(pair => pair.Value).ToList(),
        null => throw new FunctionException(NilPointer),
        _ => throw new FunctionException($"{error} {GoTypes.Kind(value)}"),
    };

    private static GoList Concat(Evaluator evaluator, object?[] args)
    {
        var all = args.SelectMany(arg => arg switch
        {
            GoList or GoBytes or EngineObject { Kind: "slice" } => Items(arg, ""),
            null => throw new FunctionException(NilPointer),
            _ => throw new FunctionException($"Cannot concat type {GoTypes.Kind(arg)} as list"),
        }).ToList();
        return all.Count == 0 ? Nil() : Grown(evaluator, New(all));
    }

    private static GoList Unique(Evaluator evaluator, object?[] args)
    {
        var unique = new GoList();
        foreach (object? item in Items(args[0], "Cannot find uniq on type"))
        {
            if (!Contains(evaluator, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(unique), item))
            {
                unique.Add(item);
            }
        }
        return unique;
    }

    private static bool Contains(Evaluator evaluator, ReadOnlySpan<object?> items, object? wanted)
    {
        Action<long>? step = wanted is GoMap or GoList ? evaluator.Step : null;
        evaluator.Step(items.Length / 8);
        foreach (object? item in items)
        {
            if (GoTypes.DeepEqual(item, wanted, step))
            {
                return true;
            }
        }
        return false;
    }

    private static GoList? Slice(object?[] args)
    {
        var list = Items(args[0], "list should be type of slice or array but");
        if (list.Count == 0)
        {
            return null;
        }
        long start = args.Length > 1 ? NumberFunctions.ToInt(args[1]) : 0;
        long end = args.Length > 2 ? NumberFunctions.ToInt(args[2]) : list.Count;
        if (start < 0 || end < start || end > list.Count)
        {
            throw new FunctionException("reflect.Value.Slice: slice index out of bounds");
        }
        var slice = new GoList(GoTypes.TypeName(args[0]));
        slice.AddRange(list.GetRange((int)start, (int)(end - start)));
        return slice;
    }

    private static GoList Chunk(long size, List<object?> list)
    {
        var chunks = new GoList("[][]interface {}");
        if (size < 0)
        {
            return chunks;
        }
        if (size == 0)
        {
            throw new FunctionException("runtime error: makeslice: len out of range");
        }
        chunks.AddRange(list.Chunk((int)Math.Min(size, int.MaxValue)).Select(New));
        return chunks;
    }

    private static GoList SortAlpha(object? value)
    {
        if (value is not (GoList or GoBytes or EngineObject { Kind: "slice" }))
        {
            return OfStrings([StringFunctions.ToText(value)]);
        }
        var texts = Texts(value).ToList();
        texts.Sort(string.CompareOrdinal);
        return OfStrings(texts);
    }

    private static GoMap Numbered(IEnumerable<string> parts)
    {
        var map = new GoMap(GoMap.OfStrings);
        foreach (string part in parts)
        {
            map[$"_{map.Count}"] = part;
        }
        return map;
    }
}
