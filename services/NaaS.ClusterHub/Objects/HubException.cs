namespace NaaS.ClusterHub.Objects;

/// <summary>The hub refused a request; the message is the API server's.</summary>
public class HubException(int status, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>HTTP status; 0 where the hub was not reached.</summary>
    public int Status { get; } = status;
}

/// <summary>The hub could not be reached, timed out, throttled or failed inside: trying again may help.</summary>
public sealed class HubUnavailableException(int status, string message, Exception? inner = null) : HubException(status, message, inner);

/// <summary>Namespace or object is not there (404).</summary>
public sealed class HubNotFoundException(string message) : HubException(404, message);

/// <summary>Another writer was first, or owns the field (409).</summary>
public sealed class HubConflictException(string message) : HubException(409, message);

/// <summary>A right is missing (401, 403).</summary>
public sealed class HubForbiddenException(int status, string message) : HubException(status, message);

/// <summary>The object is invalid or an admission webhook denied it (400, 413, 422): the same object will be refused again.</summary>
public sealed class HubRefusedException(int status, string message) : HubException(status, message);

/// <summary>A watch or a page asked for a resourceVersion that is too old (410): list again.</summary>
public sealed class HubExpiredException(string message) : HubException(410, message);
