using System.ComponentModel.DataAnnotations;

namespace NaaS.TmfRest.Routes;

/// <summary>Section <c>Tmf</c>: where TMF630 leaves a choice.</summary>
public sealed class TmfOptions
{
    /// <summary>Most resources in one answer; the rest is on further pages.</summary>
    [Range(1, 100_000)]
    public int MaximumLimit { get; set; } = 1000;

    /// <summary>Whether a page that was asked for and is not all is answered with 206 instead of 200, which published test kits insist on.</summary>
    public bool PartialContent { get; set; }

    /// <summary>Largest body that is read, in bytes.</summary>
    [Range(1024, 1_000_000_000)]
    public long MaximumBody { get; set; } = 4_000_000;

    /// <summary>Requests that one caller may make in a second, with bursts of ten times as many; 0 for no limit. Beyond it the answer is 429.</summary>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; set; }
}
