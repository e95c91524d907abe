using System.CommandLine;
using NaaS.Standalone.Serving;

namespace NaaS.Standalone.Demo;

/// <summary><c>naas demo</c>: the whole story in one process on free loopback ports.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var json = new Option<FileInfo?>("--json") { Description = "Write the steps and their results to this file." };
        var keep = new Option<bool>("--keep") { Description = "Leave everything running at the end and print the addresses." };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Folder to work in (default: a new temporary folder)." };
        var command = new Command("demo", "Shows an order from OpenSlice become an application, and three live updates.") { json, keep, data };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(json), arguments.GetValue(keep), arguments.GetValue(data), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo? json, bool keep, DirectoryInfo? data, CancellationToken cancellationToken)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("naas-demo-");
        var timeline = new Timeline();
        var accounts = new Accounts();
        AllInOne? naas = null;
        try
        {
            var told = await timeline.RunAsync("Start NaaS with three simulated clusters", async () =>
                {
                    naas = await AllInOne.StartAsync(new(new Uri("http://127.0.0.1:0"), folder, HubPort: 0, Quiet: true) { Settings = accounts.Settings }, cancellationToken);
                    return $"API {naas.Addresses.Api}, hub {naas.Addresses.Hub}";
                })
                && await TellAsync(naas!, accounts, timeline, keep, cancellationToken);
            timeline.PrintTable();
            if (json is not null)
            {
                await new DemoReport(timeline.Steps).WriteAsync(json, cancellationToken);
            }

            if (told && keep)
            {
                Console.WriteLine($"API {naas!.Addresses.Api}, a token for it: {accounts.TokenCommand(naas.Addresses.Api)}\nKUBECONFIG={Path.Combine(folder.FullName, "kubeconfig")} (contexts hub, {string.Join(", ", naas.Addresses.Clusters.Keys)})\nCtrl+C ends it.");
                await naas.WaitAsync(cancellationToken);
            }

            return told ? 0 : 1;
        }
        finally
        {
            if (naas is not null)
            {
                await naas.DisposeAsync();
            }

            if (data is null)
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private static async Task<bool> TellAsync(AllInOne naas, Accounts accounts, Timeline timeline, bool keep, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var listener = await Listener.StartAsync(cancellationToken);
        using var story = new Story(naas.Addresses, accounts, listener, stop.Token);
        var told = await story.TellAsync(timeline, keep);
        await stop.CancelAsync();
        return told;
    }
}
