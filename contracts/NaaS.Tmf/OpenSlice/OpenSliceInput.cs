using System.Text.Json.Nodes;
using NaaS.Tmf.Json;

namespace NaaS.Tmf.OpenSlice;

/// <summary>What is the same in everything that OpenSlice sends: uuid beside id, Java's base types, dates without seconds.</summary>
internal static class OpenSliceInput
{
    private static readonly HashSet<string> JavaBaseTypes = ["BaseEntity", "BaseNamedEntity", "BaseRootEntity", "BaseRootNamedEntity"];

    public static void Tidy(JsonObject resource) => JsonShape.Visit(resource, node =>
    {
        node.Rename("uuid", "id");
        if (JavaBaseTypes.Contains(node.Text("@baseType")))
        {
            node.Remove("@baseType");
        }

        foreach (var name in node.Select(member => member.Key).Where(IsDate).ToList())
        {
            if (node[name] is JsonValue value && value.TryGetValue(out string? text) && TmfDate.TryParse(text, out var instant))
            {
                node[name] = TmfDate.Format(instant.ToUniversalTime());
            }
        }
    });

    private static bool IsDate(string name) => name == "date" || name.EndsWith("Date", StringComparison.Ordinal) || name.EndsWith("DateTime", StringComparison.Ordinal);
}
