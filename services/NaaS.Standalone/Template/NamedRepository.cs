namespace NaaS.Standalone.Template;

/// <summary>A repository that <c>helm repo add</c> gave a name.</summary>
internal sealed record NamedRepository(string Name, string Url, string Username, string Password);
