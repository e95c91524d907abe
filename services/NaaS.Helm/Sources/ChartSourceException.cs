namespace NaaS.Helm.Sources;

/// <summary>A chart could not be fetched from where a reference points.</summary>
public abstract class ChartSourceException(string message, Exception? inner = null) : HelmException(message, inner);

/// <summary>There is no such chart, or no version of it that fits; the message says which there are.</summary>
/// <param name="message">What was looked for and where.</param>
/// <param name="available">Names or versions that exist, newest first; empty where that is unknown.</param>
public sealed class ChartNotFoundException(string message, IReadOnlyList<string> available) : ChartSourceException(message)
{
    /// <summary>Names or versions that exist, newest first; empty where that is unknown.</summary>
    public IReadOnlyList<string> Available { get; } = available;
}

/// <summary>The repository or registry wants other credentials than it was given.</summary>
public sealed class ChartUnauthorizedException(string message) : ChartSourceException(message);

/// <summary>The location, or one that it led to, is not among those that the operator allows.</summary>
public sealed class ChartNotAllowedException(string message) : ChartSourceException(message);

/// <summary>The repository or registry did not answer as it should; trying again later may help.</summary>
public sealed class ChartUnavailableException(string message, Exception? inner = null) : ChartSourceException(message, inner);
