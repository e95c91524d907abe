using NaaS.Helm.Go;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Functions;

/// <summary>
/// Walks a value before it is written out. A template can build a value that holds itself, or one that holds the same list many times at each of
/// many levels; both would never end in a writer.
/// </summary>
internal static class SizeGuard
{
    private const int MaxDepth = 900;

    /// <summary>Counts the value's parts as steps; always true, so that it can stand in a condition.</summary>
    public static bool Check(Evaluator evaluator, object? value)
    {
        Walk(evaluator, value, 0);
        return true;
    }

    private static void Walk(Evaluator evaluator, object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new LimitException($"rendering stopped: a value is nested more than {MaxDepth} deep, or holds itself");
        }
        switch (value)
        {
            case GoMap map:
                evaluator.Step(map.Count + 1);
                foreach (object? item in map.Values)
                {
                    if (item is GoMap or GoList)
                    {
                        Walk(evaluator, item, depth + 1);
                    }
                }
                break;
            case GoList list:
                evaluator.Step(list.Count + 1);
                foreach (object? item in list)
                {
                    if (item is GoMap or GoList)
                    {
                        Walk(evaluator, item, depth + 1);
                    }
                }
                break;
        }
    }
}
