using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NaaS.Messaging.Bus;

namespace NaaS.TmfRest.Tests.Support;

/// <summary>A process of the API on a port and a database of its own.</summary>
internal sealed class TmfServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Database database;
    private readonly HttpClient client;

    private TmfServer(WebApplication app, Database database)
    {
        this.app = app;
        this.database = database;
        Root = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Root) };
        Web = new Web(client);
    }

    public string Root { get; }

    public Web Web { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Starts a server with what <paramref name="register"/> and <paramref name="map"/> make of it.</summary>
    public static async Task<TmfServer> StartAsync(
        string kind, Action<WebApplicationBuilder> register, Action<WebApplication> map, params (string Name, string Value)[] settings)
    {
        var database = Database.Create(kind);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:Api"] = database.ConnectionString,
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        builder.WebHost.UseKestrel().UseUrls(builder.Configuration["urls"]!);
        builder.Services.AddRouting();
        builder.Services.AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Error));
        register(builder);
        builder.Services.AddMessageBus(builder.Configuration);
        var app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TmfServer(app, database);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        await database.DisposeAsync();
    }
}
