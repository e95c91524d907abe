using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>An entry of an AppliedManifestWork's <c>status.appliedResources</c>.</summary>
internal sealed record AppliedResource(string Group, string Version, string Resource, string Namespace, string Name, string Uid)
{
    public static AppliedResource Of(JsonNode entry) => new(
        entry.Str("group") ?? "", entry.Str("version") ?? "", entry.Str("resource") ?? "",
        entry.Str("namespace") ?? "", entry.Str("name") ?? "", entry.Str("uid") ?? "");

    public bool SameObject(AppliedResource other) => this with { Uid = "", Version = "" } == other with { Uid = "", Version = "" };

    public JsonObject ToJson() => new()
    {
        ["group"] = Group,
        ["version"] = Version,
        ["resource"] = Resource,
        ["name"] = Name,
        ["namespace"] = Namespace,
        ["uid"] = Uid,
    };
}
