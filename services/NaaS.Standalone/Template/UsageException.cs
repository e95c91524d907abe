namespace NaaS.Standalone.Template;

/// <summary>The command line is wrong; the message is what Helm prints after <c>Error: </c>.</summary>
internal sealed class UsageException(string message) : Exception(message);
