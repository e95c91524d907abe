using System.Text;

namespace NaaS.Standalone.Template;

/// <summary>One line of comma-separated values, quoted as in CSV: what Helm's flags with several values take.</summary>
internal static class CommaSeparated
{
    public static IReadOnlyList<string> Split(string line)
    {
        if (line.Length == 0)
        {
            return [];
        }

        var fields = new List<string>();
        for (var pos = 0; ;)
        {
            fields.Add(pos < line.Length && line[pos] == '"' ? Quoted(line, ref pos) : Plain(line, ref pos));
            if (pos >= line.Length)
            {
                return fields;
            }

            pos++;
        }
    }

    private static string Plain(string line, ref int pos)
    {
        var end = line.IndexOf(',', pos);
        end = end < 0 ? line.Length : end;
        var field = line[pos..end];
        pos = end;
        return field;
    }

    private static string Quoted(string line, ref int pos)
    {
        var field = new StringBuilder();
        for (pos++; pos < line.Length; pos++)
        {
            if (line[pos] != '"')
            {
                field.Append(line[pos]);
            }
            else if (pos + 1 < line.Length && line[pos + 1] == '"')
            {
                field.Append(line[++pos]);
            }
            else if (++pos < line.Length && line[pos] != ',')
            {
                break;
            }
            else
            {
                return field.ToString();
            }
        }

        throw new UsageException($"parse error on \"{line}\": a quoted value does not end where it should");
    }
}
