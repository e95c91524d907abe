using System.CommandLine;

namespace NaaS.Standalone.Preview;

/// <summary><c>naas preview</c>: what an order would change, asked of a running API. Nothing is changed.</summary>
internal static class PreviewCommand
{
    private const string TokenVariable = "NAAS_TOKEN";

    public static Command Create()
    {
        var order = new Argument<FileInfo>("ORDER") { Description = "A TMF641 service order as JSON, as it would be posted." };
        var api = new Option<Uri>("--api") { Description = "Address of the API.", DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080") };
        var json = new Option<bool>("--json") { Description = "Prints the TMF645 answer instead of a summary." };
        var timeout = new Option<int>("--timeout") { Description = "Seconds to wait for the answer.", DefaultValueFactory = _ => 60 };
        var command = new Command("preview", $"Tells what an order would change, without changing it. A bearer token is taken from {TokenVariable}.")
        {
            order, api, json, timeout,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(arguments.GetValue(timeout)));
            try
            {
                using var client = new PreviewClient(arguments.GetValue(api)!, Environment.GetEnvironmentVariable(TokenVariable));
                var answer = await client.AskAsync(await QualificationRequest.ReadAsync(arguments.GetValue(order)!, limit.Token), limit.Token);
                Console.WriteLine(arguments.GetValue(json) ? answer.ToJsonString(new() { WriteIndented = true }) : PlanText.Of(answer));
                return (string?)answer["qualificationResult"] == "qualified" ? 0 : 1;
            }
            catch (PreviewException exception)
            {
                await Console.Error.WriteLineAsync("naas preview: " + exception.Message);
                return 2;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"naas preview: no answer within {arguments.GetValue(timeout)} s");
                return 2;
            }
        });
        return command;
    }
}

/// <summary>The preview could not be made.</summary>
internal sealed class PreviewException(string message) : Exception(message);
