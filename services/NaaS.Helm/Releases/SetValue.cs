using NaaS.Helm.Go;
using NaaS.Helm.Values;

namespace NaaS.Helm.Releases;

/// <summary>How the text of a <see cref="SetValue"/> becomes a value.</summary>
public enum SetKind
{
    /// <summary><c>--set</c>: whole numbers, booleans and null are recognised, all else is text.</summary>
    Typed,

    /// <summary><c>--set-string</c>: always text.</summary>
    Text,

    /// <summary><c>--set-json</c>: any JSON; numbers are float64.</summary>
    Json,

    /// <summary><c>--set-literal</c>: always text; differs from <see cref="Text"/> in a whole argument, where nothing is special after the first <c>=</c>.</summary>
    Literal,
}

/// <summary>One value laid over the values documents.</summary>
/// <param name="Path">Path as in <c>--set</c>: dots separate, <c>\.</c> is a literal dot, <c>[0]</c> an index.</param>
/// <param name="Value">The value's text; commas are literal, unlike on a command line.</param>
/// <param name="Kind">How the text is read.</param>
public sealed record SetValue(string Path, string Value, SetKind Kind = SetKind.Typed)
{
    /// <summary>Whether <see cref="Path"/> is a whole command-line argument, <c>a=1,b={x,y}</c>, and <see cref="Value"/> is empty.</summary>
    public bool IsArgument { get; init; }

    /// <summary>Whether <see cref="Value"/> holds bytes as they are, one a character: a file's content need not be text.</summary>
    internal bool IsByteString { get; private init; }

    /// <summary>The values of a command-line argument such as <c>--set a=1,b={x,y}</c>.</summary>
    public static SetValue Argument(string argument, SetKind kind) => new(argument, "", kind) { IsArgument = true };

    /// <summary>The values of a <c>--set-file</c> argument such as <c>a=x.txt,b=y.txt</c>.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="read">Gives a file's content for its path.</param>
    public static IReadOnlyList<SetValue> Files(string argument, Func<string, byte[]> read)
    {
        var values = new List<SetValue>();
        foreach (var (path, file) in StringValues.SplitPairs(argument))
        {
            values.Add(new SetValue(path, GoString.FromBytes(read(file)), SetKind.Literal) { IsByteString = true });
        }

        return values;
    }
}
