using System.CommandLine;
using NaaS.Standalone.Serving;

namespace NaaS.Standalone.SandboxServing;

/// <summary><c>naas sandbox</c>: only the simulated hub and clusters, for a worker in another process, container or pod.</summary>
internal static class SandboxCommand
{
    public static Command Create()
    {
        var url = AddressOption.Create("--urls", "Address to listen on; http://0.0.0.0:8080 can be reached from outside.", new Uri("http://127.0.0.1:8080"));
        var address = AddressOption.Create("--address", "Address that clients reach it under, for the kubeconfig (default: --urls, or this machine's name).");
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "Folder that keeps the objects and the kubeconfig.",
            DefaultValueFactory = _ => new DirectoryInfo(".naas-sandbox"),
        };
        var command = new Command("sandbox", "Runs the simulated hub and clusters, and the demo charts, in a process of their own.") { url, address, data };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(arguments.GetValue(url)!, arguments.GetValue(address), arguments.GetValue(data)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Uri url, Uri? address, DirectoryInfo data, CancellationToken cancellationToken)
    {
        await using var server = await SandboxServer.StartAsync(url, address, data, cancellationToken);
        Console.WriteLine($"hub {server.Address}hub, kubeconfig {server.Kubeconfig.FullName}, charts {server.Address}charts");
        if (!url.IsLoopback)
        {
            Console.WriteLine("It asks nobody for credentials: only those who may do anything to it should reach it.");
        }

        await server.WaitAsync(cancellationToken);
        return 0;
    }
}
