using System.CommandLine;
using NaaS.OpenSlice.Osom;
using NaaS.Standalone.Serving;

namespace NaaS.Standalone.OpenSlice;

/// <summary>Options that say how OpenSlice reaches a partner. Secrets may come from the environment, so that they stand in no process list.</summary>
internal sealed class PartnerOptions
{
    private readonly Option<Uri?> url = RequiredUrl("--url", "Address of the partner's API before /tmf-api, such as https://naas.example.org/openslice.");
    private readonly Option<Uri?> tokenUri = RequiredUrl("--token-uri", "Token endpoint for OpenSlice.");
    private readonly Option<string> client = Required("--client-id", "OAuth2 client of OpenSlice.");
    private readonly Option<string> secret = Secret("--client-secret", "NAAS_PARTNER_CLIENT_SECRET", "Secret of the client");
    private readonly Option<string> user = Required("--username", "User of the password grant.");
    private readonly Option<string> password = Secret("--password", "NAAS_PARTNER_PASSWORD", "Password of the user");
    private readonly Option<string[]> scopes = new("--scope") { Description = "Scope to ask for; may be given several times." };

    private readonly Option<string> category = new("--category")
    {
        Description = "Path of the one category that is imported, from /tmf-api on.",
        DefaultValueFactory = _ => PartnerAccess.NaasCategory,
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { url, tokenUri, client, secret, user, password, scopes, category })
        {
            command.Options.Add(option);
        }
    }

    public PartnerAccess Read(ParseResult arguments) => new(
        arguments.GetValue(url)!,
        arguments.GetValue(tokenUri)!,
        arguments.GetValue(client)!,
        arguments.GetValue(secret) ?? "",
        arguments.GetValue(user)!,
        arguments.GetValue(password) ?? "")
    {
        Scopes = arguments.GetValue(scopes) ?? [],
        CategoryPath = arguments.GetValue(category) ?? "",
    };

    public static Option<string> Required(string name, string description) => new(name) { Description = description, Required = true };

    public static Option<Uri?> RequiredUrl(string name, string description)
    {
        var option = AddressOption.Create(name, description);
        option.DefaultValueFactory = null;
        option.Required = true;
        return option;
    }

    public static Option<string> Secret(string name, string variable, string description) => new(name)
    {
        Description = $"{description} (default: environment variable {variable}).",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) ?? "",
    };
}
