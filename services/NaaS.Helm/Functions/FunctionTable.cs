using System.Diagnostics.CodeAnalysis;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Functions;

/// <summary>All functions of Helm 4.1.4: Go's own, sprig's without env and expandenv, Helm's.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, GoFunction> Functions = Build();

    /// <summary>Names in byte order.</summary>
    public static IEnumerable<string> Names => Functions.Keys.Order(StringComparer.Ordinal);

    /// <summary>The function of a name.</summary>
    public static bool TryGet(string name, [MaybeNullWhen(false)] out GoFunction function) => Functions.TryGetValue(name, out function);

    private static Dictionary<string, GoFunction> Build()
    {
        var table = new FunctionBuilder();
        BuiltinFunctions.Register(table);
        ComparisonFunctions.Register(table);
        StringFunctions.Register(table);
        CaseFunctions.Register(table);
        NumberFunctions.Register(table);
        ListFunctions.Register(table);
        DictFunctions.Register(table);
        DefaultFunctions.Register(table);
        TypeFunctions.Register(table);
        SerialFunctions.Register(table);
        EncodingFunctions.Register(table);
        PathFunctions.Register(table);
        UrlFunctions.Register(table);
        DateFunctions.Register(table);
        RegexFunctions.Register(table);
        SemverFunctions.Register(table);
        RandomFunctions.Register(table);
        CryptoFunctions.Register(table);
        CertificateFunctions.Register(table);
        HelmFunctions.Register(table);
        return table.Functions;
    }
}

/// <summary>Collects functions.</summary>
internal sealed class FunctionBuilder
{
    public Dictionary<string, GoFunction> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a function of fixed parameters.</summary>
    public void Add(string name, GoType[] parameters, Func<Evaluator, object?[], object?> body) =>
        Functions[name] = new GoFunction(name, parameters, false, body);

    /// <summary>Adds a function whose last parameter repeats.</summary>
    public void AddVariadic(string name, GoType[] parameters, Func<Evaluator, object?[], object?> body) =>
        Functions[name] = new GoFunction(name, parameters, true, body);

    /// <summary>Adds a function under several names, such as <c>first</c> and <c>mustFirst</c>.</summary>
    public void Add(string[] names, GoType[] parameters, Func<Evaluator, object?[], object?> body)
    {
        foreach (string name in names)
        {
            Add(name, parameters, body);
        }
    }

    /// <summary>Adds a variadic function under several names.</summary>
    public void AddVariadic(string[] names, GoType[] parameters, Func<Evaluator, object?[], object?> body)
    {
        foreach (string name in names)
        {
            AddVariadic(name, parameters, body);
        }
    }
}
