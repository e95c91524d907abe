namespace NaaS.Sandbox.Controllers.Cel;

/// <summary>A variable and those around it.</summary>
internal sealed record CelScope(string Name, object? Value, CelScope? Outer)
{
    public static object? Find(CelScope? scope, string name)
    {
        for (var at = scope; at is not null; at = at.Outer)
        {
            if (at.Name == name)
            {
                return at.Value;
            }
        }

        throw new CelException($"no such attribute(s): {name}");
    }
}

/// <summary>A compiled piece of an expression; <paramref name="Has"/> answers <c>has()</c> for a field selection.</summary>
internal sealed record CelNode(Func<CelScope?, object?> Evaluate, Func<CelScope?, bool>? Has = null);
