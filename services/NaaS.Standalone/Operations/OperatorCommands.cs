using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using NaaS.Standalone.Serving;

namespace NaaS.Standalone.Operations;

/// <summary>
/// <c>naas dead-letters</c>, <c>naas notifications</c>, <c>naas stuck</c> (each <c>list</c>, <c>show ID</c>, <c>requeue ID</c>),
/// <c>naas resync</c> and <c>naas audit ORDER</c>: the operator's part of the API from a terminal. Prints the API's JSON.
/// </summary>
internal static class OperatorCommands
{
    private static readonly Option<Uri?> Api = AddressOption.Create("--api", "Address of the API.", new Uri("http://127.0.0.1:8080"));

    private static readonly Option<string?> Token = new("--token")
    {
        Description = "Access token with the operator scope (default: NAAS_TOKEN).",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("NAAS_TOKEN"),
    };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static IEnumerable<Command> Create()
    {
        yield return Kind("dead-letters", "deadLetter", "Messages that could not be handled.");
        yield return Kind("notifications", "notification", "Notifications that were not delivered.");
        yield return Kind("stuck", "stuckService", "Services whose last change the worker has not concluded.");
        yield return Call("resync", "Has the worker look at every service again and tell what is, as after a restore of the databases.", null, HttpMethod.Post, "resync");
        var order = new Argument<string>("order") { Description = "Id of the order." };
        yield return Call("audit", "Exports what became of an order as JSON: who, what, chart digest, objects per cluster, outcome.", order, HttpMethod.Get, "audit/{0}");
    }

    private static Command Kind(string name, string resource, string description)
    {
        var id = new Argument<string>("id") { Description = "Id, as listed." };
        return new(name, description)
        {
            Call("list", "Lists them.", null, HttpMethod.Get, resource),
            Call("show", "Shows one.", id, HttpMethod.Get, resource + "/{0}"),
            Call("requeue", "Puts one back to be handled again.", id, HttpMethod.Post, resource + "/{0}/requeue"),
        };
    }

    private static Command Call(string name, string description, Argument<string>? id, HttpMethod method, string path)
    {
        var command = new Command(name, description) { Api, Token };
        if (id is not null)
        {
            command.Arguments.Add(id);
        }

        command.SetAction((arguments, cancellationToken) =>
        {
            var given = id is null ? "" : Uri.EscapeDataString(arguments.GetValue(id)!);
            var address = new Uri(arguments.GetValue(Api)!, "/operator/v1/" + path.Replace("{0}", given, StringComparison.Ordinal));
            return SendAsync(method, address, arguments.GetValue(Token), cancellationToken);
        });
        return command;
    }

    private static async Task<int> SendAsync(HttpMethod method, Uri address, string? token, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, address);
        if (!string.IsNullOrEmpty(token))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            await (response.IsSuccessStatusCode ? Console.Out : Console.Error).WriteLineAsync(Pretty(text));
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (HttpRequestException exception)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {exception.Message}");
            return 1;
        }
    }

    private static string Pretty(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(json, Indented);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
