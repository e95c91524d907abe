using Microsoft.AspNetCore.Http;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>In which form a client wants objects, by its Accept header.</summary>
internal enum Representation
{
    /// <summary>The objects themselves.</summary>
    Objects,

    /// <summary>Rows to print: <c>as=Table</c>.</summary>
    Table,

    /// <summary>Only metadata: <c>as=PartialObjectMetadata(List)</c>.</summary>
    Metadata,
}

/// <summary>Content negotiation.</summary>
internal static class Representations
{
    /// <summary>The first acceptable form; none is a 406.</summary>
    public static Representation Of(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        if (accept.Length == 0)
        {
            return Representation.Objects;
        }
        foreach (var range in accept.Split(','))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] is not ("application/json" or "*/*" or "application/*"))
            {
                continue;
            }
            if (parts.Contains("as=Table") && !parts.Contains("v=v1beta1"))
            {
                return Representation.Table;
            }
            if (parts.Any(p => p.StartsWith("as=PartialObjectMetadata", StringComparison.Ordinal)) && !parts.Contains("v=v1beta1"))
            {
                return Representation.Metadata;
            }
            if (!parts.Any(p => p.StartsWith("as=", StringComparison.Ordinal)))
            {
                return Representation.Objects;
            }
        }
        throw ApiErrors.NotAcceptable();
    }
}
