namespace NaaS.Sandbox.Controllers.Cel;

/// <summary>An expression that does not compile, or whose evaluation fails; the message is worded as cel-go words it.</summary>
internal sealed class CelException(string message) : Exception(message)
{
    public static CelException At(string source, int position, string problem) =>
        new($"ERROR: <input>:1:{position + 1}: {problem}\n | {source}\n | {new string('.', position)}^");
}
