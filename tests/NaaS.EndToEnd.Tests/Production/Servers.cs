using System.Diagnostics;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>PostgreSQL and RabbitMQ: those of the test run, or ones of a test's own that it may crash.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(NaaS.EndToEnd.Tests.Folders.Repository, "tests", "servers.sh");
    private readonly DirectoryInfo? folder;

    private Servers(Dictionary<string, string> postgres, Uri rabbitMq, DirectoryInfo? folder) => (Postgres, RabbitMq, this.folder) = (postgres, rabbitMq, folder);

    /// <summary>Parts of the connection string.</summary>
    public IReadOnlyDictionary<string, string> Postgres { get; }

    public Uri RabbitMq { get; }

    public int PostgresPort => int.Parse(Postgres["Port"], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The servers that <c>tests/run.sh</c> started.</summary>
    public static Servers OfTheRun()
    {
        var (postgres, rabbitMq) = (Environment.GetEnvironmentVariable("NAAS_POSTGRES"), Environment.GetEnvironmentVariable("NAAS_RABBITMQ"));
        Assert.SkipWhen(postgres is null || rabbitMq is null, "NAAS_POSTGRES and NAAS_RABBITMQ are not set; tests/run.sh sets them");
        return new(Parts(postgres!), new(rabbitMq!), null);
    }

    /// <summary>Servers of their own, in a folder of their own.</summary>
    public static async Task<Servers> StartAsync(CancellationToken cancellationToken)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("NAAS_POSTGRES") is null, "NAAS_POSTGRES is not set, so the programs may not be installed; tests/run.sh sets it");
        var folder = Directory.CreateTempSubdirectory("naas-servers-");
        await RunAsync(cancellationToken, "up", folder.FullName);
        var settings = (await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "env"), cancellationToken))
            .Select(line => line["export ".Length..].Split('=', 2)).ToDictionary(part => part[0], part => part[1].Trim('\''));
        return new(Parts(settings["NAAS_POSTGRES"]), new(settings["NAAS_RABBITMQ"]), folder);
    }

    /// <summary>Ends <c>postgres</c> or <c>rabbitmq</c> as a crash does, and starts it again where it was; comes back when it serves.</summary>
    public Task CrashAsync(string server, CancellationToken cancellationToken) => RunAsync(cancellationToken, "crash", folder!.FullName, server);

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
        {
            await RunAsync(CancellationToken.None, "down", folder.FullName);
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string> Parts(string connection) => connection.Split(';').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);

    private static async Task RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Script, .. arguments]))!;
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.ShouldBe(0, string.Join(' ', arguments));
    }
}
