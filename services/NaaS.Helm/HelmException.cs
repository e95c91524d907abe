namespace NaaS.Helm;

/// <summary>A chart, its values or its templates are wrong; the message is the one that Helm prints after <c>Error: </c>.</summary>
public class HelmException(string message, Exception? inner = null) : Exception(message, inner);
