using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>Helm's own functions: include, tpl, required, fail, lookup.</summary>
internal static class HelmFunctions
{
    private const int MaxIncludes = 1000;

    public static void Register(FunctionBuilder table)
    {
        table.Add("include", [GoType.String, Any], (evaluator, args) => Include(evaluator, (string)args[0]!, args[1]));
        table.Add("tpl", [GoType.String, Any], (evaluator, args) => Tpl(evaluator, (string)args[0]!, args[1]));
        table.Add("required", [GoType.String, Any], (_, args) => args[1] is null or "" ? throw Warning((string)args[0]!) : args[1]);
        table.Add("fail", [GoType.String], (_, args) => throw Warning((string)args[0]!));
        table.Add("lookup", [GoType.String, GoType.String, GoType.String, GoType.String], (evaluator, args) =>
            Lookup(evaluator, (string)args[0]!, (string)args[1]!, (string)args[2]!, (string)args[3]!));
        // Rendering has no network; Helm answers with an empty text too unless DNS is allowed.
        table.Add("getHostByName", [GoType.String], (_, _) => "");
    }

    private static FunctionException Warning(string message) => new(Rendering.ErrorText.WarnStart + message + Rendering.ErrorText.WarnEnd);

    private static string Include(Evaluator evaluator, string name, object? data)
    {
        int nested = evaluator.Included.GetValueOrDefault(name);
        if (nested > MaxIncludes)
        {
            throw new FunctionException($"rendering template has a nested reference name: {name}: unable to execute template");
        }
        evaluator.Included[name] = nested + 1;
        var tree = evaluator.Templates.Find(name)
            ?? throw new FunctionException($"template: no template {GoQuote.Quote(name)} associated with template \"gotpl\"") { IsTemplateError = true };
        string text = evaluator.Execute(name, tree, data);
        evaluator.Included[name]--;
        return text;
    }

    private static string Tpl(Evaluator evaluator, string text, object? data)
    {
        const string name = "gotpl";
        if (!text.Contains("{{", StringComparison.Ordinal))
        {
            return WithoutNoValue(text);
        }
        IReadOnlyDictionary<string, Tree> trees;
        try
        {
            trees = evaluator.Context.Parsed.OfText(name, text);
        }
        catch (ParseException error)
        {
            throw new FunctionException($"cannot parse template {GoQuote.Quote(text)}: {error.Message}");
        }
        var outer = evaluator.Templates;
        evaluator.Templates = new TemplateSet(outer);
        evaluator.Templates.Add(trees);
        string result;
        try
        {
            result = evaluator.Execute(name, trees[name], data);
        }
        catch (ExecException error)
        {
            throw new FunctionException($"error during tpl function execution for {GoQuote.Quote(text)}: {error.Message}");
        }
        evaluator.Templates = outer;
        return WithoutNoValue(result);
    }

    /// <summary>What Helm takes out of everything that it rendered.</summary>
    public static string WithoutNoValue(string text) => text.Replace("<no value>", "", StringComparison.Ordinal);

    private static GoMap Lookup(Evaluator evaluator, string apiVersion, string kind, string space, string name)
    {
        var found = evaluator.Context.Lookup?.Invoke(GoString.ToText(apiVersion), GoString.ToText(kind), GoString.ToText(space), GoString.ToText(name));
        return found is null ? [] : (GoMap)JsonValues.ToGo(found)!;
    }
}
