using RabbitMQ.Client;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>What a broker may do to messages: bring them twice, and in another order than they were sent in.</summary>
[Collection(OnServers.Name)]
public sealed class WireTests
{
    private const int Others = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task Commands_and_reports_that_come_twice_and_in_another_order_change_no_outcome()
    {
        await using var naas = await Installation.StartAsync();
        var (api, at) = await naas.StartApiAsync();
        var (worker, _) = await naas.StartWorkerAsync();
        var changed = await naas.OrderAsync("changed", at);
        var service = (string)(await naas.EndedAsync(changed, at))["serviceOrderItem"]![0]!["service"]!["id"]!;

        // What is sent while the worker is away: new services, and changes of one, of which the last must hold.
        await worker.StopAsync(Token);
        var others = new List<string>();
        for (var i = 0; i < Others; i++)
        {
            others.Add(await naas.OrderAsync($"other-{i}", at));
        }

        await naas.ScaleAsync(service, 2, at);
        var last = await naas.ScaleAsync(service, 3, at);
        await ShuffleAsync(naas, "naas-change-service", Others + 2);

        // What the worker says while the API is away.
        await api.StopAsync(Token);
        (worker, _) = await naas.StartWorkerAsync();
        await worker.UntilAsync(() => Task.FromResult(worker.Output.Split("concluded as Good").Length > Others + 1), Token);
        await ShuffleAsync(naas, "naas-service-reported", Others + 1);
        await naas.StartApiAsync(at);

        foreach (var order in others.Append(last))
        {
            ((string?)(await naas.EndedAsync(order, at))["state"]).ShouldBe("completed");
        }

        var works = await naas.WorksAsync();
        works.Select(work => (string?)work["metadata"]!["labels"]!["naas.example/service"]).Distinct().Count().ShouldBe(Others + 1);
        works.ShouldContain(work => (string?)work["metadata"]!["labels"]!["naas.example/service"] == service && work["spec"]!.ToJsonString().Contains("\"replicas\":3", StringComparison.Ordinal));
        var known = await naas.GetAsync(new Uri(at, $"/tmf-api/serviceInventory/v4/service/{service}"));
        known["serviceCharacteristic"]!.AsArray().ShouldContain(one => (string?)one!["name"] == "values.phpmyadmin.replicaCount" && $"{one["value"]}" == "3");
    }

    // Takes what lies in a queue and puts all of it back twice, in another order.
    private static async Task ShuffleAsync(Installation naas, string queue, int atLeast)
    {
        await using var connection = await new ConnectionFactory { Uri = naas.Servers.RabbitMq }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Token);
        var held = new List<BasicGetResult>();
        while (held.Count < atLeast || (await channel.QueueDeclarePassiveAsync(queue, Token)).MessageCount > 0)
        {
            if (await channel.BasicGetAsync(queue, autoAck: false, Token) is { } got)
            {
                held.Add(got);
            }
            else
            {
                await Task.Delay(50, Token);
            }
        }

        var again = held.Concat(held).ToArray();
        new Random(1).Shuffle(again);
        foreach (var message in again)
        {
            await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties(message.BasicProperties), message.Body, Token);
        }

        foreach (var message in held)
        {
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, Token);
        }
    }
}
