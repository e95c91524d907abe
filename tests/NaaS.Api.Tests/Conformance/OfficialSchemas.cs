using System.Text.Json.Nodes;
using NaaS.Api.Tests.Documents;

namespace NaaS.Api.Tests.Conformance;

/// <summary>TM Forum's own schemas, from the official files beside the project.</summary>
internal static class OfficialSchemas
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["serviceCatalogManagement"] = "TMF633-v4.json",
        ["serviceInventory"] = "TMF638-v4.json",
        ["serviceOrdering"] = "TMF641-v4.1.json",
    };

    private static readonly Dictionary<string, Schemas> Known = [];

    /// <summary>Whether the official files are here.</summary>
    public static bool AreHere { get; } = Files.Values.All(file => Repository.FindOfficial(file) is not null);

    /// <summary>What the official schema finds wrong in an object; skips the test where the file is not here.</summary>
    public static async Task<IReadOnlyList<string>> ErrorsAsync(string path, string definition, JsonNode? value)
    {
        var api = path.Split('/', StringSplitOptions.RemoveEmptyEntries).First(Files.ContainsKey);
        Schemas schemas;
        lock (Known)
        {
            schemas = Known.TryGetValue(api, out var known) ? known : Known[api] = new Schemas(JsonNode.Parse(File.ReadAllText(Repository.Official(Files[api])))!.AsObject());
        }

        return await schemas.ErrorsAsync(Schemas.Ref(definition), value);
    }
}
