namespace NaaS.Helm.Toml;

/// <summary>A text is no TOML, or a value has none.</summary>
public sealed class TomlException(string message) : HelmException(message);
