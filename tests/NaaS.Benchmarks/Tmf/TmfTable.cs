using System.Globalization;

namespace NaaS.Benchmarks.Tmf;

/// <summary>Prints operations in a second as they come in, and the ratios that count.</summary>
internal sealed class TmfTable
{
    private readonly TmfPlan plan;

    public TmfTable(TmfPlan plan)
    {
        this.plan = plan;
        Console.WriteLine($"{plan.Clients} clients, {plan.Rounds} rounds of {plan.Time.TotalSeconds:0.#} s; operations in a second");
        Line("operation", "orders", "API", "bare HTTP", "bare", "of bare HTTP", "of bare", "few/many", "API us", "bare us");
    }

    public void Add(Operation operation, IReadOnlyList<Measured> measured)
    {
        var slower = measured[0].Api / measured[1].Api;
        Row(operation, plan.Few, measured[0], "");
        Row(operation, plan.Many, measured[1], Ratio(slower));
    }

    public void PrintAims() => Console.WriteLine(
        $"few/many is the API's throughput at {plan.Few} stored orders over that at {plan.Many} (aim: at most 1.5); bare is Npgsql alone, one prepared statement, no HTTP (aim: at least 0.5 of it);"
        + " bare HTTP is the same behind Kestrel; us is CPU time of the server for each. The POST of the API writes the order, its plan, its service, what is wanted of it, a timer and its events; the bare one writes the order's row.");

    private static void Row(Operation operation, int orders, Measured measured, string slower) => Line(
        operation.ToString().ToUpperInvariant(), Count(orders), Count(measured.Api), Count(measured.BareServer), Count(measured.Bare), Ratio(measured.Api / measured.BareServer), Ratio(measured.Api / measured.Bare), slower, Count(measured.ApiCpu), Count(measured.BareServerCpu));

    private static string Count(double number) => number.ToString("0", CultureInfo.InvariantCulture);

    private static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    private static void Line(string operation, string orders, string api, string bareServer, string bare, string ofServer, string ofBare, string slower, string apiCpu, string bareCpu) =>
        Console.WriteLine($"{operation,-10}{orders,8}{api,9}{bareServer,11}{bare,9}{ofServer,14}{ofBare,9}{slower,10}{apiCpu,9}{bareCpu,9}");
}
