using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>sprig's dictionaries. Go's maps have no order; where sprig answers in random order this answers in key order.</summary>
internal static class DictFunctions
{
    private const int MaxDepth = 1000;

    public static void Register(FunctionBuilder table)
    {
        table.AddVariadic("dict", [Any], (_, args) => Dict(args));
        table.Add("get", [Map, GoType.String], (_, args) => args[0] is GoMap map && map.TryGetValue((string)args[1]!, out object? value) ? value : "");
        table.Add("set", [Map, GoType.String, Any], Set);
        table.Add("unset", [Map, GoType.String], (_, args) =>
        {
            (args[0] as GoMap)?.Remove((string)args[1]!);
            return args[0];
        });
        table.Add("hasKey", [Map, GoType.String], (_, args) => args[0] is GoMap map && map.ContainsKey((string)args[1]!));
        table.AddVariadic("pluck", [GoType.String, Map], Pluck);
        table.AddVariadic("keys", [Map], (_, args) => ListFunctions.OfStrings(args.OfType<GoMap>().SelectMany(GoTypes.SortedKeys)));
        table.Add("values", [Map], (_, args) => args[0] is GoMap map ? NewList(GoTypes.SortedKeys(map).Select(key => map[key])) : new GoList());
        table.AddVariadic("pick", [Map, GoType.String], (_, args) => Filter(args, keep: true));
        table.AddVariadic("omit", [Map, GoType.String], (_, args) => Filter(args, keep: false));
        table.AddVariadic(["merge", "mustMerge"], [Map, Map], (evaluator, args) => MergeAll(evaluator, args, overwrite: false));
        table.AddVariadic(["mergeOverwrite", "mustMergeOverwrite"], [Map, Map], (evaluator, args) => MergeAll(evaluator, args, overwrite: true));
        table.Add(["deepCopy", "mustDeepCopy"], [Any], (evaluator, args) =>
            args[0] is null ? throw new FunctionException("reflect: call of reflect.Value.Type on zero Value") : Copy(evaluator, args[0], 0));
        table.Add("deepEqual", [Any, Any], (evaluator, args) => GoTypes.DeepEqual(args[0], args[1], evaluator.Step));
        table.AddVariadic("dig", [Any], (_, args) => Dig(args));
    }

    private static GoMap Dict(object?[] args)
    {
        var map = new GoMap();
        for (int i = 0; i < args.Length; i += 2)
        {
            map[StringFunctions.ToText(args[i])] = i + 1 < args.Length ? args[i + 1] : "";
        }
        return map;
    }

    private static object? Set(Evaluator evaluator, object?[] args)
    {
        if (args[0] is not GoMap { IsNil: false } map)
        {
            throw new FunctionException("assignment to entry in nil map");
        }
        map[(string)args[1]!] = args[2];
        evaluator.CheckElements(map.Count, "set", work: 1);
        return map;
    }

    private static GoList Pluck(Evaluator evaluator, object?[] args)
    {
        var list = new GoList();
        foreach (object? arg in args.AsSpan(1))
        {
            if (arg is GoMap map && map.TryGetValue((string)args[0]!, out object? value))
            {
                list.Add(value);
            }
        }
        return list;
    }

    private static GoMap Filter(object?[] args, bool keep)
    {
        var result = new GoMap();
        var keys = args.Skip(1).Cast<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var (key, value) in args[0] as GoMap ?? [])
        {
            if (keys.Contains(key) == keep)
            {
                result[key] = value;
            }
        }
        return result;
    }

    private static GoMap MergeAll(Evaluator evaluator, object?[] args, bool overwrite)
    {
        // A nil destination gets a map of its own, which nobody sees but the result.
        var destination = args[0] as GoMap ?? [];
        foreach (object? source in args.AsSpan(1))
        {
            if (source is GoMap map)
            {
                Merge(evaluator, destination, map, overwrite, 0);
            }
        }
        return destination;
    }

    // mergo: maps merge, all else is set where the destination is empty or everything is overwritten.
    private static void Merge(Evaluator evaluator, GoMap destination, GoMap source, bool overwrite, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new LimitException("rendering stopped: a dictionary is nested too deeply to be merged");
        }
        if (ReferenceEquals(destination, source))
        {
            return;
        }
        evaluator.Step(source.Count);
        foreach (var (key, value) in source.ToArray())
        {
            bool present = destination.TryGetValue(key, out object? before);
            if (value is null)
            {
                if (overwrite)
                {
                    destination[key] = null;
                }
                continue;
            }
            if (value is GoMap map && before is GoMap into)
            {
                Merge(evaluator, into, map, overwrite, depth + 1);
                if (into.Count > 0)
                {
                    continue;
                }
            }
            if (!present || overwrite || !GoTypes.IsTrue(before))
            {
                destination[key] = value;
            }
        }
    }

    private static object? Copy(Evaluator evaluator, object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new LimitException("rendering stopped: a value is nested too deeply to be copied");
        }
        switch (value)
        {
            case GoMap map:
                evaluator.Step(map.Count + 1);
                var copy = new GoMap(map.TypeName);
                foreach (var (key, item) in map)
                {
                    copy[key] = Copy(evaluator, item, depth + 1);
                }
                return copy;
            case GoList list:
                evaluator.Step(list.Count + 1);
                var items = new GoList(list.TypeName) { IsNil = list.IsNil };
                foreach (object? item in list)
                {
                    items.Add(Copy(evaluator, item, depth + 1));
                }
                return items;
            default:
                return value;
        }
    }

    private static object? Dig(object?[] args)
    {
        if (args.Length < 3)
        {
            throw new FunctionException("dig needs at least three arguments");
        }
        var map = AsMap(args[^1]);
        for (int i = 0; i < args.Length - 2; i++)
        {
            _ = args[i] as string ?? throw Conversion(args[i], "string");
        }
        for (int i = 0; ; i++)
        {
            if (!map.TryGetValue((string)args[i]!, out object? value))
            {
                return args[^2];
            }
            if (i == args.Length - 3)
            {
                return value;
            }
            map = AsMap(value);
        }
    }

    private static GoMap AsMap(object? value) => value is GoMap { TypeName: GoMap.Any } map ? map : throw Conversion(value, GoMap.Any);

    private static FunctionException Conversion(object? value, string wanted) =>
        new($"interface conversion: interface {{}} is {(value is null ? "nil" : GoTypes.TypeName(value))}, not {wanted}");

    private static GoList NewList(IEnumerable<object?> items)
    {
        var list = new GoList();
        list.AddRange(items);
        return list;
    }
}
