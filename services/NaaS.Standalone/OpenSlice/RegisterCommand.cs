using System.CommandLine;
using NaaS.OpenSlice.Client;
using NaaS.OpenSlice.Register;

namespace NaaS.Standalone.OpenSlice;

/// <summary><c>naas openslice register</c>: creates or updates the partner Organization in OpenSlice and says how its import fares.</summary>
internal static class RegisterCommand
{
    private static readonly PartnerOptions Partner = new();
    private static readonly Option<Uri?> OpenSlice = PartnerOptions.RequiredUrl("--openslice", "Address of OpenSlice before /tmf-api.");
    private static readonly Option<Uri?> TokenUri = PartnerOptions.RequiredUrl("--openslice-token-uri", "Token endpoint of OpenSlice's Keycloak realm.");
    private static readonly Option<string> User = PartnerOptions.Required("--openslice-username", "A user with ROLE_ADMIN there.");
    private static readonly Option<string> Password = PartnerOptions.Secret("--openslice-password", "NAAS_OPENSLICE_PASSWORD", "Password of that user");
    private static readonly Option<string> Client = new("--openslice-client-id") { Description = "Client of the realm.", DefaultValueFactory = _ => "osapiWebClientId" };
    private static readonly Option<string> Name = new("--name") { Description = "Name of the Organization.", DefaultValueFactory = _ => "NaaS" };
    private static readonly Option<string> Registration = new("--registration") { Description = "Client registration id.", DefaultValueFactory = _ => "naasPartner" };

    public static Command Create()
    {
        var command = new Command("register", "Creates or updates the partner Organization in OpenSlice, and explains the STATUS that it notes.")
        {
            OpenSlice, TokenUri, User, Password, Client, Name, Registration,
        };
        Partner.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (partner, id) = (Partner.Read(arguments), arguments.GetValue(Registration)!);
        var problems = PartnerOrganization.Problems(partner, id);
        if (problems.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', problems.Select(problem => $"Error: {problem}")));
            return 1;
        }

        var access = new OpenSliceAccess
        {
            BaseUrl = arguments.GetValue(OpenSlice),
            TokenUri = arguments.GetValue(TokenUri),
            ClientId = arguments.GetValue(Client)!,
            Username = arguments.GetValue(User)!,
            Password = arguments.GetValue(Password)!,
        };
        try
        {
            using var openSlice = new Registration(access, TimeProvider.System);
            var name = arguments.GetValue(Name)!;
            var (isNew, organization) = await openSlice.RegisterAsync(name, partner, id, cancellationToken);
            var status = PartnerOrganization.StatusOf(organization);
            Console.WriteLine($"Organization {name} was {(isNew ? "created" : "updated")} in {access.BaseUrl}.\n{PartnerOrganization.Explain(status)}");
            return PartnerOrganization.IsBad(status) ? 2 : 0;
        }
        catch (HttpRequestException exception)
        {
            await Console.Error.WriteLineAsync($"Error: {exception.Message}");
            return 1;
        }
    }
}
