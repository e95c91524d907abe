using System.Text.Json.Nodes;

namespace NaaS.Tmf.Dialects;

/// <summary>
/// How a kind of client speaks: what comes in is turned into TMF v4, what goes out is turned into the client's form. Bodies may be changed in place.
/// Older attribute names (<see cref="Json.OlderNames"/>) are replaced before.
/// </summary>
public abstract class Dialect
{
    /// <summary>TMF v4 as it is.</summary>
    public static Dialect Standard { get; } = new StandardDialect();

    /// <summary>Short name, such as <c>openslice</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a hub's callbacks are the root of a path for each event, <c>/listener/EVENT</c>.</summary>
    public virtual bool HasListenerPaths => false;

    /// <summary>Reads the body of a POST.</summary>
    /// <param name="resource">Name of the resource, such as <c>serviceOrder</c>.</param>
    /// <param name="body">The body.</param>
    public virtual JsonObject ReadCreate(string resource, JsonObject body) => body;

    /// <summary>Reads the body of a merge patch.</summary>
    /// <param name="resource">Name of the resource.</param>
    /// <param name="stored">The resource as it is stored; not to be changed.</param>
    /// <param name="patch">The patch.</param>
    public virtual JsonObject ReadPatch(string resource, JsonObject stored, JsonObject patch) => patch;

    /// <summary>Writes one resource of an answer.</summary>
    /// <param name="resource">Name of the resource.</param>
    /// <param name="body">The resource as stored, with its address.</param>
    public virtual JsonObject WriteResponse(string resource, JsonObject body) => body;

    private sealed class StandardDialect : Dialect
    {
        public override string Name => "standard";
    }
}
