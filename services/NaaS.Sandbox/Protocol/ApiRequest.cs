using System.Globalization;
using Microsoft.AspNetCore.Http;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>A request for objects, taken apart: what, where, which version, which subresource.</summary>
internal sealed record ApiRequest
{
    public required HttpContext Http { get; init; }

    public required ApiServer Server { get; init; }

    public required Served Served { get; init; }

    /// <summary>Namespace, null for cluster-scoped kinds and across namespaces.</summary>
    public string? Namespace { get; init; }

    /// <summary>Name, null for a collection.</summary>
    public string? Name { get; init; }

    /// <summary>status, scale ..., or null.</summary>
    public string? Subresource { get; init; }

    public ResourceType Type => Served.Type;

    public ObjectStore Store => Server.Store;

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>The last value of a query parameter, or null.</summary>
    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var values) ? values[^1] : null;

    /// <summary>Whether a query parameter is set to true.</summary>
    public bool Flag(string name) => Query(name) is "true" or "1" or "";

    /// <summary>A number from the query, or null; anything else is a 400.</summary>
    public long? Number(string name) => Query(name) is not { Length: > 0 } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw ApiErrors.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");

    /// <summary>How the client wants it written.</summary>
    public WriteOptions WriteOptions(ICollection<string> warnings) => new()
    {
        Manager = Query("fieldManager") is { Length: > 0 } manager ? manager : ManagerFromAgent(),
        DryRun = DryRun,
        Force = Flag("force") && Http.Request.Query.ContainsKey("force"),
        Subresource = Subresource == "status" ? "status" : null,
        Unknown = Query("fieldValidation") switch
        {
            "Strict" => FieldValidation.Strict,
            "Ignore" => FieldValidation.Ignore,
            null or "" or "Warn" => FieldValidation.Warn,
            var other => throw ApiErrors.BadRequest($"invalid fieldValidation value {other}, allowed: Ignore, Warn, Strict"),
        },
        Warnings = warnings,
    };

    /// <summary>Whether nothing is to be kept.</summary>
    public bool DryRun => Query("dryRun") switch
    {
        null or "" => false,
        "All" => true,
        var other => throw ApiErrors.BadRequest($"Invalid value: \"{other}\": dryRun must be All"),
    };

    private string ManagerFromAgent()
    {
        var agent = Http.Request.Headers.UserAgent.ToString();
        var slash = agent.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? agent : agent[..slash];
        return name.Length == 0 ? "unknown" : name;
    }
}
