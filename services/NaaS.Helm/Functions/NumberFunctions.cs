using System.Globalization;
using System.Numerics;
using NaaS.Helm.Go;
using NaaS.Helm.Templates;
using static NaaS.Helm.Templates.GoType;

namespace NaaS.Helm.Functions;

/// <summary>sprig's numbers: conversion by spf13/cast, arithmetic on int64 that wraps, decimal arithmetic for the float forms.</summary>
internal static class NumberFunctions
{
    public static void Register(FunctionBuilder table)
    {
        table.Add("atoi", [GoType.String], (_, args) => (nint)Atoi((string)args[0]!));
        table.Add("int", [Any], (_, args) => (nint)ToInt(args[0]));
        table.Add("int64", [Any], (_, args) => ToInt(args[0]));
        table.Add("float64", [Any], (_, args) => ToFloat(args[0]));
        table.Add("toDecimal", [Any], (_, args) => GoParse.TryParseInt(GoFormat.Sprint([args[0]]), 8, out long value) ? value : 0L);
        table.Add("add1", [Any], (_, args) => unchecked(ToInt(args[0]) + 1));
        table.AddVariadic("add", [Any], (_, args) => Fold(0, args, (a, b) => unchecked(a + b)));
        table.Add("sub", [Any, Any], (_, args) => unchecked(ToInt(args[0]) - ToInt(args[1])));
        table.Add("div", [Any, Any], (_, args) => Divide(ToInt(args[0]), ToInt(args[1]), false));
        table.Add("mod", [Any, Any], (_, args) => Divide(ToInt(args[0]), ToInt(args[1]), true));
        table.AddVariadic("mul", [Any, Any], (_, args) => Fold(1, args, (a, b) => unchecked(a * b)));
        table.AddVariadic(["max", "biggest"], [Any, Any], (_, args) => args.Max(ToInt));
        table.AddVariadic("min", [Any, Any], (_, args) => args.Min(ToInt));
        table.AddVariadic("maxf", [Any, Any], (_, args) => args.Select(ToFloat).Aggregate(Math.Max));
        table.AddVariadic("minf", [Any, Any], (_, args) => args.Select(ToFloat).Aggregate(Math.Min));
        table.Add("add1f", [Any], (_, args) => Decimal([args[0], 1.0], GoDecimal.Add));
        table.AddVariadic("addf", [Any], (_, args) => Decimal([0.0, .. args], GoDecimal.Add));
        table.AddVariadic("subf", [Any, Any], (_, args) => Decimal(args, GoDecimal.Subtract));
        table.AddVariadic("divf", [Any, Any], (_, args) => Decimal(args, GoDecimal.Divide));
        table.AddVariadic("mulf", [Any, Any], (_, args) => Decimal(args, GoDecimal.Multiply));
        table.Add("floor", [Any], (_, args) => Math.Floor(ToFloat(args[0])));
        table.Add("ceil", [Any], (_, args) => Math.Ceiling(ToFloat(args[0])));
        table.AddVariadic("round", [Any, Int, Float64], (_, args) => Round(ToFloat(args[0]), (nint)args[1]!, args.Length > 2 ? (double)args[2]! : 0.5));
        table.Add("until", [Int], (evaluator, args) => Until(evaluator, 0, (nint)args[0]!, (nint)args[0]! < 0 ? -1 : 1));
        table.Add("untilStep", [Int, Int, Int], (evaluator, args) => Until(evaluator, (nint)args[0]!, (nint)args[1]!, (nint)args[2]!));
        table.AddVariadic("seq", [Int], (evaluator, args) => Sequence(evaluator, Array.ConvertAll(args, arg => (long)(nint)arg!)));
    }

    /// <summary>cast.ToInt64: what cannot be converted is 0.</summary>
    public static long ToInt(object? value)
    {
        switch (value)
        {
            case nint number: return number;
            case long number: return number;
            case double number: return Truncate(number);
            case bool flag: return flag ? 1 : 0;
            case string text: return GoParse.TryParseInt(WithoutZeroDecimals(text), 0, out long parsed) ? parsed : 0;
            case int number: return number;
            case byte number: return number;
            case uint number: return number;
            case ulong number: return (long)number;
            default: return 0;
        }
    }

    /// <summary>cast.ToFloat64: what cannot be converted is 0.</summary>
    public static double ToFloat(object? value) => value switch
    {
        double number => number,
        bool flag => flag ? 1 : 0,
        string text => GoParse.TryParseFloat(text, out double parsed) ? parsed : 0,
        nint or long or int => ToInt(value),
        byte number => number,
        uint number => number,
        ulong number => number,
        _ => 0,
    };

    // strconv.Atoi answers with the nearest number where a text is out of range, and sprig takes it.
    private static long Atoi(string text)
    {
        if (GoParse.TryParseInt(text, 10, out long value))
        {
            return value;
        }
        bool signed = text.Length > 0 && text[0] is '-' or '+';
        var digits = text.AsSpan(signed ? 1 : 0);
        bool isNumber = digits.Length > 0 && digits.IndexOfAnyExceptInRange('0', '9') < 0;
        return !isNumber ? 0 : text[0] == '-' ? long.MinValue : long.MaxValue;
    }

    // Out of range is the smallest number, as Go's conversion does on amd64.
    private static long Truncate(double number) =>
        number is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)number : long.MinValue;

    private static string WithoutZeroDecimals(string text)
    {
        bool foundZero = false;
        for (int i = text.Length; i > 0; i--)
        {
            switch (text[i - 1])
            {
                case '.':
                    if (foundZero)
                    {
                        return text[..(i - 1)];
                    }
                    break;
                case '0':
                    foundZero = true;
                    break;
                default:
                    return text;
            }
        }
        return text;
    }

    private static long Fold(long start, object?[] args, Func<long, long, long> operation) =>
        args.Aggregate(start, (total, arg) => operation(total, ToInt(arg)));

    private static long Divide(long a, long b, bool remainder)
    {
        if (b == 0)
        {
            throw new FunctionException("runtime error: integer divide by zero");
        }
        if (b == -1)
        {
            return remainder ? 0 : unchecked(-a);
        }
        return remainder ? a % b : a / b;
    }

    private static double Decimal(object?[] args, Func<GoDecimal, GoDecimal, GoDecimal> operation) =>
        args.Select(arg => GoDecimal.FromFloat(ToFloat(arg))).Aggregate(operation).ToFloat();

    private static double Round(double value, long places, double roundOn)
    {
        double power = Math.Pow(10, places);
        double digit = power * value;
        // The fraction of a negative number is negative, so sprig rounds such numbers down.
        double fraction = digit - Math.Truncate(digit);
        return (fraction >= roundOn ? Math.Ceiling(digit) : Math.Floor(digit)) / power;
    }

    private static GoList Until(Evaluator evaluator, long start, long stop, long step)
    {
        var list = new GoList("[]int");
        if (stop < start ? step >= 0 : step <= 0)
        {
            return list;
        }
        evaluator.CheckElements((long)Int128.Clamp(((Int128)stop - start) / step, 0, long.MaxValue), "until");
        for (long i = start; stop < start ? i > stop : i < stop; i += step)
        {
            list.Add((nint)i);
        }
        return list;
    }

    private static string Sequence(Evaluator evaluator, long[] values)
    {
        long increment = 1;
        GoList list;
        switch (values.Length)
        {
            case 1:
                increment = values[0] < 1 ? -1 : 1;
                list = Until(evaluator, 1, values[0] + increment, increment);
                break;
            case 2:
                increment = values[1] < values[0] ? -1 : 1;
                list = Until(evaluator, values[0], values[1] + increment, increment);
                break;
            case 3:
                if (values[2] < values[0])
                {
                    increment = -1;
                    if (values[1] > 0)
                    {
                        return "";
                    }
                }
                list = Until(evaluator, values[0], values[2] + increment, values[1]);
                break;
            default:
                return "";
        }
        return string.Join(' ', list.Select(value => ((nint)value!).ToString(CultureInfo.InvariantCulture)));
    }
}

/// <summary>shopspring/decimal: exact addition and multiplication, division to 16 places.</summary>
internal readonly record struct GoDecimal(BigInteger Value, int Exponent)
{
    private const int DivisionPlaces = 16;

    public static GoDecimal FromFloat(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            throw new FunctionException($"Cannot create a Decimal from {GoFloat.Format(value)}");
        }
        var (digits, point) = GoFloat.Shortest(Math.Abs(value));
        var magnitude = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        return new GoDecimal(value < 0 ? -magnitude : magnitude, point - digits.Length);
    }

    public static GoDecimal Add(GoDecimal a, GoDecimal b)
    {
        int exponent = Math.Min(a.Exponent, b.Exponent);
        return new GoDecimal(a.At(exponent) + b.At(exponent), exponent);
    }

    public static GoDecimal Subtract(GoDecimal a, GoDecimal b) => Add(a, new GoDecimal(-b.Value, b.Exponent));

    public static GoDecimal Multiply(GoDecimal a, GoDecimal b) => new(a.Value * b.Value, a.Exponent + b.Exponent);

    public static GoDecimal Divide(GoDecimal a, GoDecimal b)
    {
        if (b.Value.IsZero)
        {
            throw new FunctionException("decimal division by 0");
        }
        var (numerator, denominator) = (a.Value, b.Value);
        int shift = a.Exponent - b.Exponent + DivisionPlaces;
        if (shift >= 0)
        {
            numerator *= BigInteger.Pow(10, shift);
        }
        else
        {
            denominator *= BigInteger.Pow(10, -shift);
        }
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        if (BigInteger.Abs(remainder) * 2 >= BigInteger.Abs(denominator))
        {
            quotient += numerator.Sign * denominator.Sign;
        }
        return new GoDecimal(quotient, -DivisionPlaces);
    }

    public double ToFloat() => double.Parse($"{Value}E{Exponent}", CultureInfo.InvariantCulture);

    private BigInteger At(int exponent) => Value * BigInteger.Pow(10, Exponent - exponent);
}
