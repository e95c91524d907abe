using System.Text;

namespace NaaS.TmfRest.Queries;

/// <summary>Splits the value of a filter: <c>x,y</c>, <c>x;y</c> and <c>x;name=y</c> are alternatives, double quotes keep a value whole (<c>\\"</c> is a quote inside them).</summary>
internal static class ValueList
{
    public static IEnumerable<Pattern> Split(string value, string name, Operator comparison)
    {
        if (comparison == Operator.Regex)
        {
            return [new Pattern(value, Quoted: false)];
        }

        var found = new List<Pattern>();
        var text = new StringBuilder();
        var quoted = false;
        var inside = false;
        for (var at = 0; at < value.Length; at++)
        {
            var character = value[at];
            if (inside && character == '\\' && at + 1 < value.Length && value[at + 1] == '"')
            {
                text.Append(value[++at]);
            }
            else if (character == '"')
            {
                inside = !inside;
                quoted = true;
            }
            else if (character is ',' or ';' && !inside)
            {
                Take();
            }
            else
            {
                text.Append(character);
            }
        }

        Take();
        return found;

        void Take()
        {
            var part = text.ToString();
            var repeated = $"{name}=";
            found.Add(new Pattern(found.Count > 0 && part.StartsWith(repeated, StringComparison.Ordinal) ? part[repeated.Length..] : part, quoted));
            text.Clear();
            quoted = false;
        }
    }
}
