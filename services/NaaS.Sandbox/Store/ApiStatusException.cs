using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Store;

/// <summary>A refusal as an API server words it: the Kubernetes <c>Status</c> object.</summary>
/// <param name="code">HTTP status.</param>
/// <param name="reason">Machine-readable reason such as <c>NotFound</c>; empty where Kubernetes gives none.</param>
/// <param name="message">The API server's text.</param>
/// <param name="details">The status' details, or null.</param>
internal sealed class ApiStatusException(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int Code { get; } = code;

    /// <summary>Machine-readable reason.</summary>
    public string Reason { get; } = reason;

    /// <summary>Seconds after which the client may try again, or null.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The Status object as it goes over the wire.</summary>
    public JsonObject ToStatus()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (Reason.Length > 0)
        {
            status["reason"] = Reason;
        }
        if (details is not null)
        {
            status["details"] = details.DeepClone();
        }
        status["code"] = Code;
        return status;
    }
}
