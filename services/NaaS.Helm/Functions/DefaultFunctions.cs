using NaaS.Helm.Go;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>Defaults and flow: a value is empty where templates take it for false.</summary>
internal static class DefaultFunctions
{
    public static void Register(FunctionBuilder table)
    {
        table.AddVariadic("default", [Any, Any], (_, args) => args.Length > 1 && GoTypes.IsTrue(args[1]) ? args[1] : args[0]);
        table.Add("empty", [Any], (_, args) => !GoTypes.IsTrue(args[0]));
        table.AddVariadic("coalesce", [Any], (_, args) => Array.Find(args, GoTypes.IsTrue));
        table.AddVariadic("all", [Any], (_, args) => Array.TrueForAll(args, GoTypes.IsTrue));
        table.AddVariadic("any", [Any], (_, args) => Array.Exists(args, GoTypes.IsTrue));
        table.Add("ternary", [Any, Any, Bool], (_, args) => (bool)args[2]! ? args[0] : args[1]);
    }
}
