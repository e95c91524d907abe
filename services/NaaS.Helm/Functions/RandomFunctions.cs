using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>sprig's random texts.</summary>
internal static class RandomFunctions
{
    private const string Digits = "0123456789";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly string Printable = string.Concat(Enumerable.Range(32, 95).Select(c => (char)c));

    public static void Register(FunctionBuilder table)
    {
        table.Add("randAlphaNum", [Int], (evaluator, args) => Text(evaluator, "randAlphaNum", (nint)args[0]!, Letters + Digits));
        table.Add("randAlpha", [Int], (evaluator, args) => Text(evaluator, "randAlpha", (nint)args[0]!, Letters));
        table.Add("randNumeric", [Int], (evaluator, args) => Text(evaluator, "randNumeric", (nint)args[0]!, Digits));
        table.Add("randAscii", [Int], (evaluator, args) => Text(evaluator, "randAscii", (nint)args[0]!, Printable));
        table.Add("randInt", [Int, Int], (evaluator, args) => Number(evaluator, (nint)args[0]!, (nint)args[1]!));
        table.Add("randBytes", [Int], (evaluator, args) => Bytes(evaluator, (nint)args[0]!));
        table.Add("shuffle", [GoType.String], (evaluator, args) => Shuffle(evaluator, (string)args[0]!));
        table.Add("uuidv4", [], (evaluator, _) => Uuid(evaluator));
    }

    private static string Text(Evaluator evaluator, string function, long count, string alphabet)
    {
        if (count <= 0)
        {
            return "";
        }
        evaluator.CheckElements(count, function);
        var stream = evaluator.RandomStream(function);
        var to = new StringBuilder((int)count);
        for (long i = 0; i < count; i++)
        {
            to.Append(alphabet[(int)stream.Below(alphabet.Length)]);
        }
        return to.ToString();
    }

    private static object Number(Evaluator evaluator, long min, long max)
    {
        if (max - min <= 0)
        {
            throw new FunctionException("invalid argument to Intn");
        }
        return (nint)(min + evaluator.RandomStream("randInt").Below(max - min));
    }

    private static string Bytes(Evaluator evaluator, long count)
    {
        if (count < 0)
        {
            throw new FunctionException("runtime error: makeslice: len out of range");
        }
        evaluator.CheckElements(count, "randBytes");
        byte[] bytes = new byte[count];
        evaluator.RandomStream("randBytes").Fill(bytes);
        return Convert.ToBase64String(bytes);
    }

    private static string Shuffle(Evaluator evaluator, string text)
    {
        var stream = evaluator.RandomStream("shuffle");
        var runes = Utf8.Runes(text);
        for (int i = runes.Count - 1; i > 0; i--)
        {
            int other = (int)stream.Below(i + 1);
            (runes[i], runes[other]) = (runes[other], runes[i]);
        }
        return Utf8.FromRunes(runes);
    }

    private static string Uuid(Evaluator evaluator)
    {
        Span<byte> bytes = stackalloc byte[16];
        evaluator.RandomStream("uuidv4").Fill(bytes);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x40);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
