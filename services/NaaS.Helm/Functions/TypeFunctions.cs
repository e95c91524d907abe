using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>sprig's reflection.</summary>
internal static class TypeFunctions
{
    public static void Register(FunctionBuilder table)
    {
        table.Add("typeOf", [Any], (_, args) => GoTypes.TypeName(args[0]));
        table.Add("typeIs", [GoType.String, Any], (_, args) => GoTypes.TypeName(args[1]) == (string)args[0]!);
        table.Add("typeIsLike", [GoType.String, Any], (_, args) => GoTypes.TypeName(args[1]) is var type && (type == (string)args[0]! || type == "*" + (string)args[0]!));
        table.Add("kindOf", [Any], (_, args) => GoTypes.Kind(args[0]));
        table.Add("kindIs", [GoType.String, Any], (_, args) => GoTypes.Kind(args[1]) == (string)args[0]!);
    }
}
