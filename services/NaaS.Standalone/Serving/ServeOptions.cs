namespace NaaS.Standalone.Serving;

/// <summary>What <c>serve</c> starts.</summary>
/// <param name="Url">Address of the API; port 0 takes a free one.</param>
/// <param name="DataFolder">Folder of the databases, the hub's objects, kubeconfig and addresses.</param>
/// <param name="HubPort">Port of the sandbox; 0 takes a free one.</param>
/// <param name="Quiet">Whether only warnings are logged.</param>
internal sealed record ServeOptions(Uri Url, DirectoryInfo DataFolder, int HubPort, bool Quiet = false)
{
    /// <summary>Settings that win over all others.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
