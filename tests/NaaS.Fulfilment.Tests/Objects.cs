using System.Text.Json.Nodes;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Tests;

/// <summary>Kubernetes objects written as YAML.</summary>
internal static class Objects
{
    public static IReadOnlyList<JsonObject> Of(string yaml) => YamlDocuments.Read(yaml);

    public static JsonObject One(string yaml) => Of(yaml).Single();
}
