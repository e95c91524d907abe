using System.Globalization;
using System.Text;

namespace NaaS.Api.Tests.Conformance.Walk;

/// <summary>What was tried and what came of it: one row for each resource, one column for each kind of rule.</summary>
internal sealed class Scorecard(string title)
{
    private static readonly string[] Columns = ["operations", "mandatory", "attributes", "filters", "reading", "patches", "headers", "errors", "events", "schema"];

    private readonly SortedDictionary<string, Dictionary<string, (int Passed, int Tried)>> rows = new(StringComparer.Ordinal);
    private readonly List<string> failures = [];

    public IReadOnlyList<string> Failures => failures;

    /// <summary>Notes that a rule holds, or why it does not.</summary>
    public void Note(string row, string column, string rule, string? complaint)
    {
        if (!rows.TryGetValue(row, out var cells))
        {
            rows[row] = cells = Columns.ToDictionary(name => name, _ => (0, 0));
        }

        var (passed, tried) = cells[column];
        cells[column] = (complaint is null ? passed + 1 : passed, tried + 1);
        if (complaint is not null)
        {
            failures.Add($"{row}, {column}, {rule}: {complaint.ReplaceLineEndings(" ")}");
        }
    }

    public override string ToString()
    {
        var width = rows.Keys.Max(row => row.Length) + 1;
        var text = new StringBuilder().AppendLine().AppendLine(title).Append("resource".PadRight(width));
        Array.ForEach(Columns, column => text.Append(column.PadLeft(12)));
        text.AppendLine();
        foreach (var (row, cells) in rows)
        {
            text.Append(row.PadRight(width));
            Array.ForEach(Columns, column => text.Append(Cell(cells[column]).PadLeft(12)));
            text.AppendLine();
        }

        var all = rows.Values.SelectMany(cells => cells.Values).ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"{all.Sum(cell => cell.Passed)} of {all.Sum(cell => cell.Tried)} rules hold");
        failures.Distinct().ToList().ForEach(failure => text.Append("  ").AppendLine(failure));
        return text.ToString();
    }

    private static string Cell((int Passed, int Tried) cell) => cell.Tried == 0 ? "-" : $"{cell.Passed}/{cell.Tried}";
}
