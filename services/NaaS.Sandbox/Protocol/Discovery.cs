using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>Tells clients which groups, versions and kinds there are: one by one, and aggregated.</summary>
internal static class Discovery
{
    private static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>The version of Kubernetes that the sandbox claims to be.</summary>
    public static JsonObject Version => new()
    {
        ["major"] = "1",
        ["minor"] = "36",
        ["emulationMajor"] = "1",
        ["emulationMinor"] = "36",
        ["minCompatibilityMajor"] = "1",
        ["minCompatibilityMinor"] = "35",
        ["gitVersion"] = "v1.36.2",
        ["gitCommit"] = "sandbox",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2026-01-01T00:00:00Z",
        ["goVersion"] = "none",
        ["compiler"] = "roslyn",
        ["platform"] = "linux/amd64",
    };

    /// <summary><c>/api</c>.</summary>
    public static Task CoreAsync(HttpContext http, ObjectStore store)
    {
        if (Aggregated(http.Request) is { } version)
        {
            return AggregatedAsync(http, store, version, core: true);
        }
        return Replies.JsonAsync(http, 200, new JsonObject
        {
            ["kind"] = "APIVersions",
            ["versions"] = new JsonArray("v1"),
            ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = http.Request.Host.Value }),
        });
    }

    /// <summary><c>/apis</c>.</summary>
    public static Task GroupsAsync(HttpContext http, ObjectStore store)
    {
        if (Aggregated(http.Request) is { } version)
        {
            return AggregatedAsync(http, store, version, core: false);
        }
        return Replies.JsonAsync(http, 200, new JsonObject
        {
            ["kind"] = "APIGroupList",
            ["apiVersion"] = "v1",
            ["groups"] = new JsonArray([.. Groups(store).Where(g => g.Key.Length > 0).Select(Group)]),
        });
    }

    /// <summary><c>/apis/apps</c>.</summary>
    public static Task GroupAsync(HttpContext http, ObjectStore store, string name)
    {
        var group = Groups(store).FirstOrDefault(g => g.Key == name) ?? throw ApiErrors.NoSuchResource();
        var json = Group(group);
        json["kind"] = "APIGroup";
        json["apiVersion"] = "v1";
        return Replies.JsonAsync(http, 200, json);
    }

    /// <summary><c>/api/v1</c>, <c>/apis/apps/v1</c>.</summary>
    public static Task VersionAsync(HttpContext http, ObjectStore store, string group, string version)
    {
        var kinds = Served.All(store).Where(s => s.Group == group && s.Version == version).OrderBy(s => s.Type.Plural, StringComparer.Ordinal).ToList();
        if (kinds.Count == 0 && !Reviews.Has(group, version))
        {
            throw ApiErrors.NoSuchResource();
        }
        return Replies.JsonAsync(http, 200, new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = new JsonArray([.. kinds.SelectMany(Resources)]),
        });
    }

    private static IOrderedEnumerable<IGrouping<string, Served>> Groups(ObjectStore store) =>
        Served.All(store).GroupBy(s => s.Group).OrderBy(g => g.Key, StringComparer.Ordinal);

    private static JsonObject Group(IGrouping<string, Served> group)
    {
        var versions = Versions(group).ToList();
        return new JsonObject
        {
            ["name"] = group.Key,
            ["versions"] = new JsonArray([.. versions.Select(v => Named(group.Key, v))]),
            ["preferredVersion"] = Named(group.Key, versions[0]),
        };
    }

    private static IEnumerable<string> Versions(IGrouping<string, Served> group) =>
        group.Select(s => s.Version).Distinct().OrderByDescending(VersionRank).ThenBy(v => v, StringComparer.Ordinal);

    /// <summary>Stable before beta before alpha, higher before lower.</summary>
    private static int VersionRank(string version)
    {
        var digits = version.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit).Aggregate(0, (n, c) => (n * 10) + c - '0');
        return digits + (version.Contains("alpha", StringComparison.Ordinal) ? 0 : version.Contains("beta", StringComparison.Ordinal) ? 100 : 200);
    }

    private static JsonObject Named(string group, string version) => new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };

    private static IEnumerable<JsonObject> Resources(Served kind)
    {
        var type = kind.Type;
        var main = new JsonObject
        {
            ["name"] = type.Plural,
            ["singularName"] = type.Singular,
            ["namespaced"] = type.Namespaced,
            ["kind"] = type.Kind,
            ["verbs"] = new JsonArray([.. Verbs.Select(v => JsonValue.Create(v))]),
        };
        if (type.ShortNames.Count > 0)
        {
            main["shortNames"] = new JsonArray([.. type.ShortNames.Select(s => JsonValue.Create(s))]);
        }
        if (type.Categories.Count > 0)
        {
            main["categories"] = new JsonArray([.. type.Categories.Select(s => JsonValue.Create(s))]);
        }
        yield return main;
        foreach (var (name, version, group, subKind) in Subresources(type))
        {
            var sub = new JsonObject
            {
                ["name"] = $"{type.Plural}/{name}",
                ["singularName"] = "",
                ["namespaced"] = type.Namespaced,
                ["kind"] = subKind,
                ["verbs"] = name == "eviction" ? new JsonArray("create") : new JsonArray("get", "patch", "update"),
            };
            if (group is not null)
            {
                sub["group"] = group;
                sub["version"] = version;
            }
            yield return sub;
        }
    }

    private static IEnumerable<(string Name, string? Version, string? Group, string Kind)> Subresources(ResourceType type)
    {
        if (type.HasStatus)
        {
            yield return ("status", null, null, type.Kind);
        }
        if (type.Scale is not null)
        {
            yield return ("scale", "v1", "autoscaling", "Scale");
        }
        if (type == Kinds.Pods)
        {
            yield return ("eviction", "v1", "policy", "Eviction");
        }
    }

    private static string? Aggregated(HttpRequest request)
    {
        foreach (var range in request.Headers.Accept.ToString().Split(','))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            if (parts.Contains("as=APIGroupDiscoveryList") && parts.Contains("g=apidiscovery.k8s.io"))
            {
                return parts.FirstOrDefault(p => p is "v=v2" or "v=v2beta1")?[2..];
            }
            if (parts[0] == "application/json" && parts.Length == 1)
            {
                return null;
            }
        }
        return null;
    }

    private static Task AggregatedAsync(HttpContext http, ObjectStore store, string version, bool core)
    {
        var groups = Groups(store).Where(g => g.Key.Length == 0 == core);
        return Replies.JsonAsync(http, 200, new JsonObject
        {
            ["kind"] = "APIGroupDiscoveryList",
            ["apiVersion"] = $"apidiscovery.k8s.io/{version}",
            ["metadata"] = new JsonObject(),
            ["items"] = new JsonArray([.. groups.Select(g => new JsonObject
            {
                ["metadata"] = g.Key.Length == 0 ? new JsonObject() : new JsonObject { ["name"] = g.Key },
                ["versions"] = new JsonArray([.. Versions(g).Select(v => new JsonObject
                {
                    ["version"] = v,
                    ["freshness"] = "Current",
                    ["resources"] = new JsonArray([.. g.Where(s => s.Version == v).OrderBy(s => s.Type.Plural, StringComparer.Ordinal).Select(AggregatedResource)]),
                })]),
            })]),
        }, $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList");
    }

    private static JsonObject AggregatedResource(Served kind)
    {
        var type = kind.Type;
        var resource = new JsonObject
        {
            ["resource"] = type.Plural,
            ["responseKind"] = new JsonObject { ["group"] = kind.Group, ["version"] = kind.Version, ["kind"] = type.Kind },
            ["scope"] = type.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = type.Singular,
            ["verbs"] = new JsonArray([.. Verbs.Select(v => JsonValue.Create(v))]),
        };
        if (type.ShortNames.Count > 0)
        {
            resource["shortNames"] = new JsonArray([.. type.ShortNames.Select(s => JsonValue.Create(s))]);
        }
        if (type.Categories.Count > 0)
        {
            resource["categories"] = new JsonArray([.. type.Categories.Select(s => JsonValue.Create(s))]);
        }
        var subresources = Subresources(type).Select(s => new JsonObject
        {
            ["subresource"] = s.Name,
            ["responseKind"] = new JsonObject { ["group"] = s.Group ?? kind.Group, ["version"] = s.Version ?? kind.Version, ["kind"] = s.Kind },
            ["verbs"] = s.Name == "eviction" ? new JsonArray("create") : new JsonArray("get", "patch", "update"),
        }).ToArray<JsonNode>();
        if (subresources.Length > 0)
        {
            resource["subresources"] = new JsonArray(subresources);
        }
        return resource;
    }
}
