using System.Security.Cryptography;
using NaaS.OpenSlice.Osom;
using NaaS.TmfRest.Security;

namespace NaaS.Standalone.Demo;

/// <summary>Who may come in during the demonstration: OpenSlice, which orders, and a manager, who may do all. Their secrets are made anew each time.</summary>
internal sealed class Accounts
{
    /// <summary>User name of the manager.</summary>
    public const string Manager = "manager";

    private const string OpenSlice = "openslice";
    private readonly string secret = NewSecret();
    private readonly string password = NewSecret();

    public string ManagerPassword { get; } = NewSecret();

    /// <summary>Settings of the API that knows them.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Authentication:Embedded:Clients:0:Id"] = OpenSlice,
        ["Authentication:Embedded:Clients:0:Secret"] = secret,
        ["Authentication:Embedded:Users:0:Name"] = OpenSlice,
        ["Authentication:Embedded:Users:0:Password"] = password,
        ["Authentication:Embedded:Users:0:Scopes"] = Policies.Order,
        ["Authentication:Embedded:Users:1:Name"] = Manager,
        ["Authentication:Embedded:Users:1:Password"] = ManagerPassword,
        ["Authentication:Embedded:Users:1:Scopes"] = $"{Policies.Catalogue} {Policies.Order} {Policies.Read} {Policies.Operate}",
    };

    /// <summary>How OpenSlice reaches the API.</summary>
    public PartnerAccess ForOpenSlice(Uri api) => new(new Uri(api, "/openslice"), TokenUri(api), OpenSlice, secret, OpenSlice, password)
    {
        Scopes = [Policies.Order],
        CategoryPath = PartnerAccess.NaasCategory,
    };

    /// <summary>A token of the manager.</summary>
    public async Task<string> ManagerTokenAsync(Uri api, HttpClient http, CancellationToken cancellationToken)
    {
        var access = new PartnerAccess(api, TokenUri(api), OpenSlice, secret, Manager, ManagerPassword);
        return (string)(await PasswordGrant.AskAsync(access, http, cancellationToken))["access_token"]!;
    }

    /// <summary>The command that gets a token for the manager, for people who want to look around.</summary>
    public string TokenCommand(Uri api) =>
        $"curl -s -u {OpenSlice}:{secret} -d 'grant_type=password&username={Manager}&password={ManagerPassword}' {TokenUri(api)} | jq -r .access_token";

    private static Uri TokenUri(Uri api) => new(api, "/connect/token");

    private static string NewSecret() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
