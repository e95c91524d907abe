using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using NaaS.Standalone.Demo;

namespace NaaS.EndToEnd.Tests;

/// <summary>What an operator sees of an order, and what nobody may see. All in one process, so that its spans can be heard here.</summary>
public sealed class TelemetryTests
{
    private const string Value = "777m";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task One_trace_leads_from_the_request_over_the_messages_and_the_work_to_the_notification()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("NaaS", StringComparison.Ordinal) || source.Name is "MassTransit" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var run = await RunAsync();

        var work = (JsonArray)JsonNode.Parse(await run.Http.GetStringAsync($"{run.Naas.Addresses.Hub}/apis/work.open-cluster-management.io/v1/manifestworks", Token))!["items"]!;
        var trace = ((string)work[0]!["metadata"]!["annotations"]!["naas.example/trace"]!).Split('-')[1];
        await UntilAsync(() => spans.Any(span => $"{span.TraceId}" == trace && span.DisplayName == "notify ServiceOrderStateChangeEvent"));

        var tree = Tree([.. spans.Where(span => $"{span.TraceId}" == trace)]);
        TestContext.Current.TestOutputHelper!.WriteLine(tree);
        foreach (var step in new[] { "POST", "publish ChangeService", "MakeRevision", "WriteWorks", "publish ServiceReported", "notify ServiceOrderStateChangeEvent" })
        {
            tree.ShouldContain(step);
        }

        tree.ShouldNotContain(Value);
    }

    [Fact(Timeout = 120_000)]
    public async Task Values_stand_neither_in_the_metrics_nor_encrypted_in_the_databases_in_plain()
    {
        var key = $"k1:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
        var folder = Directory.CreateTempSubdirectory("naas-telemetry-");
        await using var serve = await ServeAsync(folder, ("Encryption:Keys:0", key));
        using var http = new HttpClient { BaseAddress = serve.OpenSlice };
        await OrderAsync(http, serve.Charts);

        var metrics = await http.GetStringAsync(new Uri(serve.Api, "/metrics"), Token);
        metrics.ShouldContain("naas_resource_states_total");
        metrics.ShouldContain("naas_fulfilment_step_duration_seconds_bucket");
        metrics.ShouldContain("naas_hub_request_duration_seconds_bucket");
        metrics.ShouldNotContain(Value);
        var worker = string.Concat(folder.EnumerateFiles("worker.db*").Select(file => Encoding.Latin1.GetString(Bytes(file))));
        worker.ShouldContain("sealed:v1:k1:");
        worker.ShouldNotContain(Value);
    }

    [Fact(Timeout = 120_000)]
    public async Task Logs_of_everything_contain_no_values_and_no_secrets()
    {
        var folder = Directory.CreateTempSubdirectory("naas-logs-");
        await using var serve = await ServeAsync(folder, ("Logging:LogLevel:Default", "Debug"));
        using var http = new HttpClient { BaseAddress = serve.OpenSlice };
        await OrderAsync(http, serve.Charts);

        await serve.Process.StopAsync(Token);

        serve.Process.Output.Length.ShouldBeGreaterThan(1000);
        serve.Process.Output.ShouldNotContain(Value);
        serve.Process.Output.ShouldNotContain("only-for-the-demo");
        folder.Delete(recursive: true);
    }

    // A process of its own: settings by environment would be those of all tests here.
    private static async Task<Serve> ServeAsync(DirectoryInfo folder, params (string Name, string Value)[] settings)
    {
        var process = Executable.Start(
            "NaaS.Standalone", "naas", ["serve", "--urls", "http://127.0.0.1:0", "--data", folder.FullName],
            settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        var file = Path.Combine(folder.FullName, "addresses.json");
        await process.UntilAsync(() => Task.FromResult(File.Exists(file)), Token);
        var addresses = JsonNode.Parse(await File.ReadAllTextAsync(file, Token))!;
        return new(process, new((string)addresses["api"]!), new((string)addresses["openslice"]!), new((string)addresses["charts"]!));
    }

    private sealed record Serve(Executable Process, Uri Api, Uri OpenSlice, Uri Charts) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }

    private static async Task<Run> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("naas-telemetry-");
        var naas = await Standalone.Serving.AllInOne.StartAsync(new(new Uri("http://127.0.0.1:0"), folder, HubPort: 0, Quiet: true), Token);
        var listener = await Listener.StartAsync(Token);
        var http = new HttpClient { BaseAddress = naas.Addresses.Openslice };
        using var registered = await http.PostAsJsonAsync(
            new Uri(naas.Addresses.Api, "/tmf-api/serviceOrdering/v4/hub"), new JsonObject { ["callback"] = listener.Callback.ToString() }, Token);
        registered.EnsureSuccessStatusCode();
        await OrderAsync(http, naas.Addresses.Charts);
        return new(naas, http, listener, folder);
    }

    private static async Task OrderAsync(HttpClient http, Uri charts)
    {
        using var response = await http.PostAsJsonAsync(
            new Uri(http.BaseAddress!, "/tmf-api/serviceCatalogManagement/v4/serviceSpecification"), CmsService.Specification(), Token);
        var created = JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Token))!;
        var specification = JsonNode.Parse(await http.GetStringAsync($"tmf-api/serviceCatalogManagement/v4/serviceSpecification/{created["id"]}", Token))!;
        var wanted = new Dictionary<string, string>(CmsService.Order(charts)) { [CmsService.CpuLimit] = Value };
        using var posted = await http.PostAsJsonAsync("tmf-api/serviceOrdering/v4/serviceOrder", OsomPayloads.Order(specification, wanted), Token);
        var order = JsonNode.Parse(await posted.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Token))!;
        while ((string?)order["state"] != "COMPLETED")
        {
            order["state"]!.ToString().ShouldNotBe("FAILED", order.ToJsonString());
            await Task.Delay(50, Token);
            order = JsonNode.Parse(await http.GetStringAsync($"tmf-api/serviceOrdering/v4/serviceOrder/{order["id"]}", Token))!;
        }
    }

    private static string Tree(IReadOnlyList<Activity> spans)
    {
        var text = new StringBuilder();
        var known = spans.Select(span => span.SpanId).ToHashSet();
        foreach (var root in spans.Where(span => !known.Contains(span.ParentSpanId)).OrderBy(span => span.StartTimeUtc))
        {
            Write(root, 0);
        }

        return text.ToString();

        void Write(Activity span, int depth)
        {
            text.Append(' ', depth * 2).Append(span.DisplayName).Append(' ').Append((int)span.Duration.TotalMilliseconds).Append(" ms\n");
            foreach (var child in spans.Where(child => child.ParentSpanId == span.SpanId).OrderBy(child => child.StartTimeUtc))
            {
                Write(child, depth + 1);
            }
        }
    }

    private static byte[] Bytes(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(50, Token);
        }
    }

    private sealed record Run(Standalone.Serving.AllInOne Naas, HttpClient Http, Listener Listener, DirectoryInfo Folder) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await Naas.DisposeAsync();
            await Listener.DisposeAsync();
            Folder.Delete(recursive: true);
        }
    }
}
