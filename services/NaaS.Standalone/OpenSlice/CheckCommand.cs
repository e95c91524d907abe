using System.CommandLine;
using System.CommandLine.Parsing;
using NaaS.OpenSlice.Checks;
using NaaS.OpenSlice.Osom;
using Spectre.Console;

namespace NaaS.Standalone.OpenSlice;

/// <summary><c>naas openslice check</c>: tries a partner, ours or any other, as OpenSlice would use it.</summary>
internal static class CheckCommand
{
    private static readonly PartnerOptions Partner = new();

    private static readonly Option<string?> Order = new("--order")
    {
        Description = "Id of a specification to order, run, change and end: two short-lived services come and go.",
    };

    private static readonly Option<KeyValuePair<string, string>[]> Set = new("--set")
    {
        Description = "Characteristic of the order, NAME=VALUE.",
        CustomParser = argument => [.. argument.Tokens.Select(token => Pair(argument, token.Value))],
    };

    private static readonly Option<KeyValuePair<string, string>?> Change = new("--change")
    {
        Description = "Characteristic to change while the service runs, NAME=VALUE.",
        CustomParser = argument => Pair(argument, argument.Tokens.Single().Value),
    };

    public static Command Create()
    {
        var command = new Command("check", "Tries a partner's API as OpenSlice would use it and prints the 34 acceptance checks.") { Order, Set, Change };
        Partner.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = new OsomClient(Partner.Read(arguments), TimeProvider.System);
        var options = new CheckOptions
        {
            Specification = arguments.GetValue(Order),
            Characteristics = (arguments.GetValue(Set) ?? []).ToDictionary(),
            Change = arguments.GetValue(Change),
        };
        var results = await new PartnerChecks(client, options, TimeProvider.System).RunAsync(cancellationToken);
        Print(results);
        return results.Any(result => result.Outcome == CheckOutcome.Failed) ? 1 : 0;
    }

    private static void Print(IReadOnlyList<CheckResult> results)
    {
        if (AnsiConsole.Profile.Out.IsTerminal)
        {
            AnsiConsole.Write(Table(results));
        }
        else
        {
            // A line for each, for files and scripts.
            Console.WriteLine(string.Join('\n', results.Select(result => $"{result.Number:D2} {Plain(result.Outcome),-7}  {result.Title}: {result.Detail}")));
        }

        Console.WriteLine(string.Join(", ", results.CountBy(result => result.Outcome).Select(count => $"{count.Value} {Counted(count.Key)}")));
    }

    private static Table Table(IReadOnlyList<CheckResult> results)
    {
        var table = new Table().AddColumns("", "check", "", "seen");
        foreach (var result in results)
        {
            table.AddRow($"{result.Number:D2}", Markup.Escape(result.Title), Word(result.Outcome), Markup.Escape(result.Detail));
        }

        return table;
    }

    private static string Word(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "[green]holds[/]",
        CheckOutcome.Failed => "[red]fails[/]",
        _ => "[grey]not run[/]",
    };

    private static string Plain(CheckOutcome outcome) => Markup.Remove(Word(outcome));

    private static string Counted(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "hold",
        CheckOutcome.Failed => "fail",
        _ => "not run",
    };

    private static KeyValuePair<string, string> Pair(ArgumentResult argument, string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0)
        {
            argument.AddError($"NAME=VALUE is expected, not '{text}'.");
            return default;
        }

        return new(text[..at], text[(at + 1)..]);
    }
}
