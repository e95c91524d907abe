using NaaS.TmfRest.Tests.Support;

namespace NaaS.Api.Tests;

/// <summary>The API as its host composes it.</summary>
internal static class ApiServer
{
    public static Task<TmfServer> StartAsync(string kind = Database.Sqlite, params (string Name, string Value)[] settings) =>
        TmfServer.StartAsync(kind, builder => builder.AddNaasApi(), app => app.MapNaasApi(), settings);
}
