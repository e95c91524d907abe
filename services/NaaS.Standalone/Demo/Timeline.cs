using System.Diagnostics;
using NaaS.OpenSlice.Osom;
using Spectre.Console;

namespace NaaS.Standalone.Demo;

/// <summary>Prints the story as it happens: with a spinner and colours on a terminal, as plain lines elsewhere.</summary>
internal sealed class Timeline
{
    private static readonly bool Terminal = AnsiConsole.Profile.Capabilities.Interactive && AnsiConsole.Profile.Out.IsTerminal;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly List<StepResult> steps = [];

    public IReadOnlyList<StepResult> Steps => steps;

    /// <summary>Runs a step; an exception makes it fail, and its message is the detail.</summary>
    public async Task<bool> RunAsync(string name, Func<Task<string>> step)
    {
        var watch = Stopwatch.StartNew();
        StepResult result;
        try
        {
            var detail = Terminal ? await AnsiConsole.Status().StartAsync(Markup.Escape(name), _ => step()) : await step();
            result = new(name, true, watch.ElapsedMilliseconds, detail);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var reason = exception is StepFailedException or HttpRequestException or TimeoutException or JacksonException ? exception.Message : exception.ToString();
            result = new(name, false, watch.ElapsedMilliseconds, reason);
        }

        steps.Add(result);
        Print(result);
        return result.Ok;
    }

    public void PrintTable()
    {
        var table = new Table().AddColumns("Step", "Result", "Time").Border(Terminal ? TableBorder.Rounded : TableBorder.Ascii);
        table.Columns[2].RightAligned();
        foreach (var step in steps)
        {
            table.AddRow(Markup.Escape(step.Name), step.Ok ? "[green]ok[/]" : "[red]failed[/]", $"{step.Milliseconds} ms");
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"{(steps.All(step => step.Ok) ? "All steps ok" : "FAILED at: " + steps[^1].Name)}, {clock.Elapsed.TotalSeconds:F1} s in all");
    }

    private void Print(StepResult step)
    {
        var at = clock.Elapsed.TotalSeconds.ToString("F1", System.Globalization.CultureInfo.InvariantCulture).PadLeft(5);
        if (Terminal)
        {
            AnsiConsole.MarkupLine($"[grey]{at} s[/]  {(step.Ok ? "[green]✓[/]" : "[red]✗[/]")} [bold]{Markup.Escape(step.Name)}[/]");
            AnsiConsole.MarkupLine($"         [grey]{Markup.Escape(step.Detail)}[/]");
        }
        else
        {
            Console.WriteLine($"{at} s  {(step.Ok ? "ok    " : "FAILED")}  {step.Name}: {step.Detail}");
        }
    }
}
