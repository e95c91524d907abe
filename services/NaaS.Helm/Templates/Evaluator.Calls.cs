using NaaS.Helm.Go;

namespace NaaS.Helm.Templates;

internal sealed partial class Evaluator
{
    private static readonly Node[] NoArguments = [];

    private GoValue Command(GoValue dot, CommandNode command, GoValue final)
    {
        var first = command.Arguments[0];
        Step();
        switch (first.Kind)
        {
            case NodeKind.Field:
                return Field(dot, (FieldNode)first, command.Arguments, final);
            case NodeKind.Chain:
                return Chain(dot, (ChainNode)first, command.Arguments, final);
            case NodeKind.Identifier:
                node = first;
                var identifier = (IdentifierNode)first;
                return Call(dot, identifier.Function, command, command.Arguments, final);
            case NodeKind.Pipe:
                NotAFunction(command.Arguments, final);
                return Pipeline(dot, (PipeNode)first);
            case NodeKind.Variable:
                return VariableFields(dot, (VariableNode)first, command.Arguments, final);
        }
        node = first;
        NotAFunction(command.Arguments, final);
        return first switch
        {
            BoolNode flag => GoValue.Of(flag.Boxed),
            DotNode => dot,
            NilNode => throw Error("nil is not a command"),
            NumberNode number => Constant(number),
            StringNode text => GoValue.Of(text.Text),
            _ => throw Error($"can't evaluate command {GoQuote.Quote(first.ToString())}"),
        };
    }

    private void NotAFunction(Node[] arguments, GoValue final)
    {
        if (arguments.Length > 1 || !final.IsMissing)
        {
            throw Error($"can't give argument to non-function {arguments[0]}");
        }
    }

    private GoValue Constant(NumberNode number)
    {
        node = number;
        return GoValue.Of(number.Ideal ?? throw Error($"{number.Text} overflows int"));
    }

    private GoValue Field(GoValue dot, FieldNode field, Node[] arguments, GoValue final)
    {
        node = field;
        return FieldChain(dot, dot, field, field.Names, arguments, final);
    }

    private GoValue Chain(GoValue dot, ChainNode chain, Node[] arguments, GoValue final)
    {
        node = chain;
        if (chain.Term.Kind == NodeKind.Nil)
        {
            throw Error($"indirection through explicit nil in {chain}");
        }
        return FieldChain(dot, Argument(dot, null, chain.Term), chain, chain.Fields, arguments, final);
    }

    private GoValue VariableFields(GoValue dot, VariableNode variable, Node[] arguments, GoValue final)
    {
        node = variable;
        var value = Variable(variable.Names[0]);
        if (variable.Fields.Length == 0)
        {
            NotAFunctionVariable(variable, arguments, final);
            return value;
        }
        return FieldChain(dot, value, variable, variable.Fields, arguments, final);
    }

    private void NotAFunctionVariable(VariableNode variable, Node[] arguments, GoValue final)
    {
        if (arguments.Length > 1 || !final.IsMissing)
        {
            throw Error($"can't give argument to non-function {variable}");
        }
    }

    private GoValue FieldChain(GoValue dot, GoValue receiver, Node at, string[] names, Node[] arguments, GoValue final)
    {
        for (int i = 0; i < names.Length - 1; i++)
        {
            receiver = FieldOf(dot, names[i], at, NoArguments, GoValue.Missing, receiver);
        }
        return FieldOf(dot, names[^1], at, arguments, final, receiver);
    }

    private GoValue FieldOf(GoValue dot, string name, Node at, Node[] arguments, GoValue final, GoValue receiver)
    {
        if (receiver.Raw is null)
        {
            return receiver.IsInterface ? throw Error($"nil pointer evaluating interface {{}}.{name}") : default;
        }
        switch (receiver.Raw)
        {
            case GoMap map:
                if (map.TypeName == GoMap.ChartValues && ValuesMethods.Find(map, name) is { } valuesMethod)
                {
                    return Call(dot, valuesMethod, at, arguments, final);
                }
                if (arguments.Length > 1 || !final.IsMissing)
                {
                    throw Error($"{name} is not a method but has arguments");
                }
                if (map.TypeName == GoMap.OfStrings)
                {
                    return GoValue.Of(map.TryGetValue(name, out object? text) ? text : "");
                }
                return GoValue.Element(map.TryGetValue(name, out object? value) ? value : null);
            case EngineObject other:
                if (other.Method(name) is { } method)
                {
                    return Call(dot, method, at, arguments, final);
                }
                if (other.TryGetField(name, out object? field))
                {
                    return arguments.Length > 1 || !final.IsMissing
                        ? throw Error($"{name} has arguments but cannot be invoked as function")
                        : GoValue.Of(field);
                }
                if (char.IsAsciiLetterLower(name[0]) && other.Fields.Any(hidden => hidden.Key == name))
                {
                    throw Error($"{name} is an unexported field of struct type {receiver.TypeName}");
                }
                break;
        }
        throw Error($"can't evaluate field {name} in type {receiver.TypeName}");
    }

    /// <summary>Calls a function or method; the first of <paramref name="arguments"/>, if any, is the function itself.</summary>
    private GoValue Call(GoValue dot, GoFunction function, Node at, Node[] arguments, GoValue final)
    {
        int given = Math.Max(arguments.Length - 1, 0);
        bool hasFinal = !final.IsMissing;
        int count = given + (hasFinal ? 1 : 0);
        int parameters = function.Parameters.Length;
        if (function.Variadic ? count < parameters - 1 : count != parameters)
        {
            throw Error(function.Variadic
                ? $"wrong number of args for {function.Name}: want at least {parameters - 1} got {given}"
                : $"wrong number of args for {function.Name}: want {parameters} got {count}");
        }
        if (function.Unusable is { } reason)
        {
            throw Error(reason);
        }
        if (function.IsShortCircuit)
        {
            return ShortCircuit(dot, function, arguments, final);
        }
        object?[] values = count == 0 ? [] : new object?[count];
        for (int i = 0; i < given; i++)
        {
            values[i] = Argument(dot, function.Parameter(i), arguments[i + 1]).Raw;
        }
        if (hasFinal)
        {
            values[given] = Validate(final, function.Parameter(given)).Raw;
        }
        if (function.NeedsValue && hasFinal && !final.IsValid)
        {
            node = at;
            throw Error($"error calling {function.Name}: reflect: call of reflect.Value.Type on zero Value", new FunctionException("reflect: call of reflect.Value.Type on zero Value"));
        }
        string template = templateName;
        try
        {
            if (function.Name == "call")
            {
                throw new FunctionException(NotCallable(given > 0 ? arguments[1].ToString() : GoFormat.Value(final.Raw), values));
            }
            object? result = function.Body(this, values);
            if (result is string { Length: >= CharactersPerStep } text)
            {
                CheckText(text.Length);
            }
            return GoValue.Of(result);
        }
        catch (Exception error) when (error is FunctionException or ExecException or ParseException)
        {
            (node, templateName) = (at, template);
            throw Error($"error calling {function.Name}: {error.Message}", error);
        }
    }

    // No value of a chart is a function, so "call" always fails.
    private static string NotCallable(string name, object?[] values) => values[0] is null
        ? "call of nil"
        : $"non-function {name} of type {GoTypes.TypeName(values[0])}";

    private GoValue ShortCircuit(GoValue dot, GoFunction function, Node[] arguments, GoValue final)
    {
        bool isOr = function.Name == "or";
        GoValue value = default;
        for (int i = 1; i < arguments.Length; i++)
        {
            value = Argument(dot, GoType.Reflect, arguments[i]);
            if (GoTypes.IsTrue(value.Raw) == isOr)
            {
                return value;
            }
        }
        return final.IsMissing ? value : Validate(final, GoType.Reflect);
    }

    private GoValue Validate(GoValue value, GoType? type)
    {
        if (type is not { } wanted)
        {
            return value;
        }
        if (value.Raw is { } raw)
        {
            return wanted.Accepts(raw) ? value : throw Error($"wrong type for value; expected {wanted.Name()}; got {GoTypes.TypeName(raw)}");
        }
        if (value.IsInterface)
        {
            return wanted is GoType.Any or GoType.Reflect ? value : throw Error($"wrong type for value; expected {wanted.Name()}; got interface {{}}");
        }
        return wanted.CanBeNil() ? value : throw Error($"invalid value; expected {wanted.Name()}");
    }

    private GoValue Argument(GoValue dot, GoType? type, Node at)
    {
        node = at;
        switch (at.Kind)
        {
            case NodeKind.Dot:
                return Validate(dot, type);
            case NodeKind.Nil:
                return type is { } nilable && !nilable.CanBeNil() ? throw Error($"cannot assign nil to {nilable.Name()}") : default;
            case NodeKind.Field:
                return Validate(Field(dot, (FieldNode)at, NoArguments, GoValue.Missing), type);
            case NodeKind.Variable:
                return Validate(VariableFields(dot, (VariableNode)at, NoArguments, GoValue.Missing), type);
            case NodeKind.Pipe:
                return Validate(Pipeline(dot, (PipeNode)at), type);
            case NodeKind.Identifier:
                return Validate(Call(dot, ((IdentifierNode)at).Function, at, NoArguments, GoValue.Missing), type);
            case NodeKind.Chain:
                return Validate(Chain(dot, (ChainNode)at, NoArguments, GoValue.Missing), type);
        }
        switch (type)
        {
            case GoType.Bool:
                return at is BoolNode flag ? GoValue.Of(flag.Boxed) : throw Error($"expected bool; found {at}");
            case GoType.Float64:
                return at is NumberNode { IsFloat: true } real ? GoValue.Of(real.Float) : throw Error($"expected float; found {at}");
            case GoType.Int:
                return at is NumberNode { IsInt: true } integer ? GoValue.Of((nint)integer.Int) : throw Error($"expected integer; found {at}");
            case GoType.Int64:
                return at is NumberNode { IsInt: true } big ? GoValue.Of(big.Int) : throw Error($"expected integer; found {at}");
            case GoType.Duration:
                return at is NumberNode { IsInt: true } duration ? GoValue.Of(GoNamed.Duration(duration.Int)) : throw Error($"expected integer; found {at}");
            case GoType.Uint32:
                return at is NumberNode { IsUint: true } unsigned ? GoValue.Of((uint)unsigned.Uint) : throw Error($"expected unsigned integer; found {at}");
            case GoType.String:
                return at is StringNode text ? GoValue.Of(text.Text) : throw Error($"expected string; found {at}");
            case GoType.Any or GoType.Reflect:
                return at switch
                {
                    BoolNode literal => GoValue.Of(literal.Boxed),
                    NumberNode number => Constant(number),
                    StringNode literal => GoValue.Of(literal.Text),
                    _ => throw Error($"can't handle assignment of {at} to empty interface argument"),
                };
            default:
                throw Error($"can't handle {at} for arg of type {(type is { } other ? other.Name() : "%!s(<nil>)")}");
        }
    }
}
