namespace NaaS.Helm;

/// <summary>A chart, its values or its templates are wrong; the message is the one that Helm prints after <c>Error: </c>.</summary>
public class HelmException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether chart and values were accepted, so that Helm had begun a release: it then ends its error text with a hint at <c>--debug</c>.</summary>
    public bool IsOfRelease { get; internal set; }
}
