namespace NaaS.Helm.Json;

/// <summary>A text is no JSON, or a value has none; the message is encoding/json's.</summary>
public sealed class JsonException(string message) : HelmException(message);
