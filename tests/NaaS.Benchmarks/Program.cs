using System.CommandLine;
using NaaS.Benchmarks.Fulfil;
using NaaS.Benchmarks.Fuzz;
using NaaS.Benchmarks.Orders;
using NaaS.Benchmarks.Render;
using NaaS.Benchmarks.Tmf;

var benchmarks = new RootCommand("Measurements and long runs that are too slow for tests. Run them with -c Release.")
{
    RenderCommand.Create(),
    FuzzCommand.Create(),
    TmfCommand.Create(),
    OrdersCommand.Create(),
    BareServer.Create(),
    FulfilCommand.Create(),
    HubProcess.CreateCommand(),
};
return await benchmarks.Parse(args).InvokeAsync();
