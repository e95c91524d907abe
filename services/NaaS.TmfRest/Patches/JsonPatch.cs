using System.Text.Json.Nodes;
using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Patches;

/// <summary>
/// JSON Patch, RFC 6902, and TMF630's JSON Patch Query, whose paths may select elements of arrays. All or nothing: the document that is given in is
/// consumed. A path without the first slash is taken too, as in TM Forum's own example.
/// </summary>
internal static class JsonPatch
{
    /// <summary>Applies the operations and gives the result.</summary>
    /// <exception cref="InvalidBodyException">The patch is malformed.</exception>
    /// <exception cref="ResourceConflictException">A test failed or a path does not exist.</exception>
    public static JsonObject Apply(JsonObject document, JsonNode patch, bool withQueries)
    {
        if (patch is not JsonArray operations)
        {
            throw new InvalidBodyException("A JSON patch is an array of operations");
        }

        JsonNode root = document;
        for (var index = 0; index < operations.Count; index++)
        {
            foreach (var operation in PatchOperation.Read(operations[index], index, withQueries ? root : null))
            {
                root = Run(root, operation);
            }
        }

        return root as JsonObject ?? throw new InvalidBodyException("The patch replaces the resource by something that is no object");
    }

    private static JsonNode Run(JsonNode root, PatchOperation operation)
    {
        switch (operation.Op)
        {
            case "test":
                if (!JsonNode.DeepEquals(operation.Path.Get(root), operation.Value))
                {
                    throw new ResourceConflictException($"{operation.Name}: the test of {operation.Path} failed");
                }

                return root;
            case "add":
                return operation.Path.Add(root, operation.Value?.DeepClone());
            case "replace":
                return operation.Path.Replace(root, operation.Value?.DeepClone());
            case "remove":
                operation.Path.Remove(root);
                return root;
            case "move":
                if (operation.Path.IsBelow(operation.From!))
                {
                    throw new InvalidBodyException($"{operation.Name}: {operation.From} cannot move into itself");
                }

                var moved = operation.From!.Get(root)?.DeepClone();
                operation.From.Remove(root);
                return operation.Path.Add(root, moved);
            default:
                return operation.Path.Add(root, operation.From!.Get(root)?.DeepClone());
        }
    }
}
