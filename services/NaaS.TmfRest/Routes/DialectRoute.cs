using NaaS.Tmf.Dialects;

namespace NaaS.TmfRest.Routes;

/// <summary>A dialect and where it is spoken.</summary>
/// <param name="Prefix">What stands before <c>/tmf-api</c>, such as <c>/openslice</c>; empty for the standard.</param>
/// <param name="Dialect">The dialect.</param>
public sealed record DialectRoute(string Prefix, Dialect Dialect)
{
    /// <summary>TMF as it is, at <c>/tmf-api</c>.</summary>
    public static DialectRoute Standard { get; } = new("", Dialect.Standard);

    /// <summary>The dialect of a request.</summary>
    public static DialectRoute Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<DialectRoute>() ?? Standard;
}
