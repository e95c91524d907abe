namespace NaaS.TmfRest.Events;

/// <summary>Section <c>Callbacks</c>: where notifications may go and how.</summary>
public sealed class CallbackOptions
{
    /// <summary>Hosts that may be called though they are not public, such as <c>listener.internal</c> or <c>10.1.2.3</c>.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Whether plain http callbacks are taken for public hosts.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Whether loopback may be called; where not set, it may while the API itself serves on loopback only.</summary>
    public bool? AllowLoopback { get; set; }

    /// <summary>Whether <c>/listener/EVENT</c> is appended to callbacks that do not end so.</summary>
    public bool AppendListenerPath { get; set; }

    /// <summary>Key that notifications are signed with: header <c>X-Hub-Signature-256: sha256=HEX</c>, the HMAC of the body. Not signed where empty.</summary>
    public string? SigningKey { get; set; }

    /// <summary>Bearer token that notifications carry; none where empty.</summary>
    public string? BearerToken { get; set; }

    /// <summary>How long a listener may take to answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a notification is tried before it is given up.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long events and settled deliveries are kept.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Longest pause between two tries.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(10);
}
