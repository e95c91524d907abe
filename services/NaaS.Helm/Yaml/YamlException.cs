namespace NaaS.Helm.Yaml;

/// <summary>A document is no YAML, or YAML that Helm cannot use; the message is the one of sigs.k8s.io/yaml.</summary>
public sealed class YamlException(string message) : HelmException(message);
