using System.CommandLine;

namespace NaaS.Standalone.Serving;

/// <summary><c>naas serve</c>: API, worker and sandbox in one process, until it is stopped.</summary>
internal static class ServeCommand
{
    private static readonly Option<Uri?> Url = AddressOption.Create("--urls", "Address of the API.", new Uri("http://127.0.0.1:8080"));

    private static readonly Option<DirectoryInfo> Data = new("--data")
    {
        Description = "Folder that keeps all state.",
        DefaultValueFactory = _ => new DirectoryInfo(".naas"),
    };

    private static readonly Option<int?> HubPort = new("--hub-port") { Description = "Port of the simulated hub and clusters (default: the API's port + 1)." };

    public static Command Create()
    {
        var command = new Command("serve", "Runs API, worker and three simulated clusters in one process (also without any argument).");
        MakeDefault(command);
        return command;
    }

    public static void MakeDefault(Command command)
    {
        command.Options.Add(Url);
        command.Options.Add(Data);
        command.Options.Add(HubPort);
        command.SetAction((arguments, cancellationToken) =>
        {
            var url = arguments.GetValue(Url)!;
            return RunAsync(new(url, arguments.GetValue(Data)!, arguments.GetValue(HubPort) ?? (url.Port == 0 ? 0 : url.Port + 1)), cancellationToken);
        });
    }

    private static async Task<int> RunAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        await using var naas = await AllInOne.StartAsync(options, cancellationToken);
        Console.WriteLine($"API {naas.Addresses.Api} (Swagger UI at /swagger), hub {naas.Addresses.Hub}, kubeconfig {Path.Combine(options.DataFolder.FullName, "kubeconfig")}");
        await naas.WaitAsync(cancellationToken);
        return 0;
    }
}
