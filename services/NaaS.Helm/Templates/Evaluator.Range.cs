using NaaS.Helm.Go;

namespace NaaS.Helm.Templates;

internal sealed partial class Evaluator
{
    private Flow WalkRange(GoValue dot, BranchNode range)
    {
        int outer = variables.Count;
        var value = Pipeline(dot, range.Pipe);
        bool ran = value.Raw switch
        {
            GoList list => RangeList(range, list),
            GoMap map => RangeMap(range, map),
            nint count => RangeInt(range, value, count, static i => (nint)i),
            long count => RangeInt(range, value, count, static i => i),
            GoBytes bytes => RangeBytes(range, bytes),
            EngineObject { Elements: { } elements } => RangeObject(range, elements),
            null => false,
            _ => throw Error($"range can't iterate over {GoFormat.Value(value.Raw)}"),
        };
        var flow = Flow.Next;
        if (!ran && range.ElseList is not null)
        {
            flow = WalkList(dot, range.ElseList);
        }
        variables.RemoveRange(outer, variables.Count - outer);
        return flow;
    }

    private bool RangeList(BranchNode range, GoList list)
    {
        int mark = variables.Count;
        bool isInterface = list.TypeName == GoList.Any;
        // As in Go the length is fixed at the start; templates cannot shrink a list that they range over.
        int count = list.Count;
        for (int i = 0; i < count; i++)
        {
            if (!Iterate(range, mark, (nint)i, new GoValue(list[i], isInterface)))
            {
                break;
            }
        }
        return count > 0;
    }

    private bool RangeMap(BranchNode range, GoMap map)
    {
        int mark = variables.Count;
        bool isInterface = map.TypeName != GoMap.OfStrings;
        string[] keys = GoTypes.SortedKeys(map);
        // The entries are taken before the first iteration, as Go's fmtsort does, so changes by the body are not seen.
        var values = new object?[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            values[i] = map[keys[i]];
        }
        for (int i = 0; i < keys.Length; i++)
        {
            if (!Iterate(range, mark, keys[i], new GoValue(values[i], isInterface)))
            {
                break;
            }
        }
        return keys.Length > 0;
    }

    private bool RangeInt(BranchNode range, GoValue value, long count, Func<long, object> box)
    {
        if (range.Pipe.Declarations.Length > 1)
        {
            throw Error($"can't use {GoFormat.Value(value.Raw)} to iterate over more than one variable");
        }
        int mark = variables.Count;
        for (long i = 0; i < count; i++)
        {
            if (!Iterate(range, mark, null, GoValue.Of(box(i))))
            {
                break;
            }
        }
        return count > 0;
    }

    private bool RangeBytes(BranchNode range, GoBytes bytes)
    {
        int mark = variables.Count;
        for (int i = 0; i < bytes.Content.Length; i++)
        {
            if (!Iterate(range, mark, (nint)i, GoValue.Of((byte)bytes.Content[i])))
            {
                break;
            }
        }
        return bytes.Content.Length > 0;
    }

    private bool RangeObject(BranchNode range, IEnumerable<KeyValuePair<object?, object?>> elements)
    {
        int mark = variables.Count;
        bool any = false;
        foreach (var (key, element) in elements)
        {
            any = true;
            if (!Iterate(range, mark, key, GoValue.Of(element)))
            {
                break;
            }
        }
        return any;
    }

    /// <summary>Runs the body once; false where it breaks out.</summary>
    private bool Iterate(BranchNode range, int mark, object? index, GoValue element)
    {
        var declarations = range.Pipe.Declarations;
        if (declarations.Length > 0)
        {
            if (range.Pipe.IsAssign)
            {
                Assign(declarations[0].Names[0], declarations.Length > 1 ? GoValue.Of(index) : element);
                if (declarations.Length > 1)
                {
                    Assign(declarations[1].Names[0], element);
                }
            }
            else
            {
                variables[mark - 1] = (variables[mark - 1].Name, element);
                if (declarations.Length > 1)
                {
                    variables[mark - 2] = (variables[mark - 2].Name, GoValue.Of(index));
                }
            }
        }
        var flow = WalkList(element, range.List);
        Step();
        variables.RemoveRange(mark, variables.Count - mark);
        return flow != Flow.Break;
    }
}
