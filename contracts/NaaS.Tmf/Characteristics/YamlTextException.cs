namespace NaaS.Tmf.Characteristics;

/// <summary>A YAML text that cannot be read, or not within bounds.</summary>
public sealed class YamlTextException(string message, Exception? inner = null) : Exception(message, inner);
