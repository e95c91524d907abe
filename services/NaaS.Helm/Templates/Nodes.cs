using System.Numerics;
using System.Text;
using NaaS.Helm.Go;

namespace NaaS.Helm.Templates;

/// <summary>Kinds of nodes.</summary>
internal enum NodeKind
{
    Text, Action, Bool, Chain, Command, Dot, Else, End, Field, Identifier, If, List, Nil, Number, Pipe, Range, String, Template, Variable, With,
    Break, Continue,
}

/// <summary>One parsed template: its name, the file it stands in, its text and root.</summary>
internal sealed class Tree(string name, string parseName, string text)
{
    private readonly bool isDeferred;

    private Tree(string path, string text)
        : this(path, path, text) => isDeferred = true;

    /// <summary>The tree of a whole file that is known to parse; that is done when it is first called, since most are not.</summary>
    public static Tree Deferred(string path, string text) => new(path, text);

    public string Name { get; set; } = name;

    public string ParseName { get; } = parseName;

    public string Text { get; } = text;

    public ListNode? Root
    {
        get => isDeferred ? field ??= Parser.Parse(ParseName, Text)[Name].Root : field;
        set;
    }

    /// <summary>Whether it holds nothing but space.</summary>
    public bool IsEmpty => Root is null || Root.Nodes.TrueForAll(node => node is TextNode { IsBlank: true });

    /// <summary>Where a node stands, as errors say it: <c>FILE:LINE:COLUMN</c>.</summary>
    public string Location(int position)
    {
        var before = Text.AsSpan(0, position);
        int newline = before.LastIndexOf('\n');
        return $"{ParseName}:{1 + before.Count('\n')}:{(newline < 0 ? position : position - newline - 1)}";
    }
}

/// <summary>A node of a parsed template.</summary>
internal abstract class Node(NodeKind kind, Tree tree, int position)
{
    public NodeKind Kind { get; } = kind;

    public Tree Tree { get; } = tree;

    public int Position { get; } = position;

    /// <summary>Writes the node as Go writes it in errors.</summary>
    public abstract void Write(StringBuilder to);

    public sealed override string ToString()
    {
        var to = new StringBuilder();
        Write(to);
        return to.ToString();
    }
}

internal sealed class ListNode(Tree tree, int position) : Node(NodeKind.List, tree, position)
{
    public List<Node> Nodes { get; } = [];

    public override void Write(StringBuilder to) => Nodes.ForEach(node => node.Write(to));
}

/// <summary>Text outside of actions; it stays where it is in the file.</summary>
internal sealed class TextNode(Tree tree, int position, int length) : Node(NodeKind.Text, tree, position)
{
    public ReadOnlySpan<char> Text => Tree.Text.AsSpan(Position, length);

    public bool IsBlank => Text.IndexOfAnyExcept(" \t\r\n") < 0 || GoUnicode.TrimSpace(Text.ToString()).Length == 0;

    public override void Write(StringBuilder to) => to.Append(Text);
}

internal sealed class PipeNode(Tree tree, int position) : Node(NodeKind.Pipe, tree, position)
{
    public bool IsAssign { get; set; }

    public VariableNode[] Declarations { get; private set; } = [];

    public CommandNode[] Commands { get; set; } = [];

    public void Declare(VariableNode variable) => Declarations = [.. Declarations, variable];

    public override void Write(StringBuilder to)
    {
        for (int i = 0; i < Declarations.Length; i++)
        {
            Declarations[i].Write(i > 0 ? to.Append(", ") : to);
        }
        if (Declarations.Length > 0)
        {
            to.Append(IsAssign ? " = " : " := ");
        }
        for (int i = 0; i < Commands.Length; i++)
        {
            Commands[i].Write(i > 0 ? to.Append(" | ") : to);
        }
    }
}

internal sealed class ActionNode(Tree tree, int position, PipeNode pipe) : Node(NodeKind.Action, tree, position)
{
    public PipeNode Pipe { get; } = pipe;

    public override void Write(StringBuilder to)
    {
        Pipe.Write(to.Append("{{"));
        to.Append("}}");
    }
}

internal sealed class CommandNode(Tree tree, int position, Node[] arguments) : Node(NodeKind.Command, tree, position)
{
    public Node[] Arguments { get; } = arguments;

    public override void Write(StringBuilder to)
    {
        for (int i = 0; i < Arguments.Length; i++)
        {
            if (i > 0)
            {
                to.Append(' ');
            }
            if (Arguments[i] is PipeNode pipe)
            {
                pipe.Write(to.Append('('));
                to.Append(')');
            }
            else
            {
                Arguments[i].Write(to);
            }
        }
    }
}

internal sealed class IdentifierNode(Tree tree, int position, string name, GoFunction function) : Node(NodeKind.Identifier, tree, position)
{
    public string Name { get; } = name;

    public GoFunction Function { get; } = function;

    public override void Write(StringBuilder to) => to.Append(Name);
}

/// <summary>A variable, perhaps with fields: <c>$x.a.b</c>; the first name has its dollar sign.</summary>
internal sealed class VariableNode(Tree tree, int position, string[] names) : Node(NodeKind.Variable, tree, position)
{
    public string[] Names { get; } = names;

    public string[] Fields { get; } = names[1..];

    public override void Write(StringBuilder to) => to.AppendJoin('.', Names);
}

internal sealed class DotNode(Tree tree, int position) : Node(NodeKind.Dot, tree, position)
{
    public override void Write(StringBuilder to) => to.Append('.');
}

internal sealed class NilNode(Tree tree, int position) : Node(NodeKind.Nil, tree, position)
{
    public override void Write(StringBuilder to) => to.Append("nil");
}

internal sealed class FieldNode(Tree tree, int position, string[] names) : Node(NodeKind.Field, tree, position)
{
    public string[] Names { get; } = names;

    public override void Write(StringBuilder to)
    {
        foreach (string name in Names)
        {
            to.Append('.').Append(name);
        }
    }
}

/// <summary>A term followed by fields: <c>(pipe).a.b</c>.</summary>
internal sealed class ChainNode(Tree tree, int position, Node term, string[] fields) : Node(NodeKind.Chain, tree, position)
{
    public Node Term { get; } = term;

    public string[] Fields { get; } = fields;

    public override void Write(StringBuilder to)
    {
        if (Term is PipeNode)
        {
            Term.Write(to.Append('('));
            to.Append(')');
        }
        else
        {
            Term.Write(to);
        }
        foreach (string field in Fields)
        {
            to.Append('.').Append(field);
        }
    }
}

internal sealed class BoolNode(Tree tree, int position, bool value) : Node(NodeKind.Bool, tree, position)
{
    public bool Value { get; } = value;

    public object Boxed { get; } = value;

    public override void Write(StringBuilder to) => to.Append(Value ? "true" : "false");
}

/// <summary>A number constant under all the types that can hold it, as Go's ideal constants.</summary>
internal sealed class NumberNode(Tree tree, int position, string text) : Node(NodeKind.Number, tree, position)
{
    public bool IsInt { get; init; }

    public bool IsUint { get; init; }

    public bool IsFloat { get; init; }

    public bool IsComplex { get; init; }

    public long Int { get; init; }

    public ulong Uint { get; init; }

    public double Float { get; init; }

    public Complex Complex { get; init; }

    public string Text { get; } = text;

    /// <summary>Value where no type is asked for; null where it overflows int.</summary>
    public object? Ideal { get; init; }

    public override void Write(StringBuilder to) => to.Append(Text);
}

internal sealed class StringNode(Tree tree, int position, int length, string text) : Node(NodeKind.String, tree, position)
{
    public string Text { get; } = text;

    public override void Write(StringBuilder to) => to.Append(Tree.Text, Position, length);
}

/// <summary><c>if</c>, <c>range</c> or <c>with</c>.</summary>
internal sealed class BranchNode(NodeKind kind, Tree tree, int position, PipeNode pipe, ListNode list, ListNode? elseList) : Node(kind, tree, position)
{
    public PipeNode Pipe { get; } = pipe;

    public ListNode List { get; } = list;

    public ListNode? ElseList { get; } = elseList;

    public override void Write(StringBuilder to)
    {
        to.Append("{{").Append(Kind switch { NodeKind.If => "if", NodeKind.Range => "range", _ => "with" }).Append(' ');
        Pipe.Write(to);
        List.Write(to.Append("}}"));
        ElseList?.Write(to.Append("{{else}}"));
        to.Append("{{end}}");
    }
}

internal sealed class TemplateNode(Tree tree, int position, string name, PipeNode? pipe) : Node(NodeKind.Template, tree, position)
{
    public string Name { get; } = name;

    public PipeNode? Pipe { get; } = pipe;

    public override void Write(StringBuilder to)
    {
        to.Append("{{template ").Append(GoQuote.Quote(Name));
        Pipe?.Write(to.Append(' '));
        to.Append("}}");
    }
}

/// <summary><c>break</c>, <c>continue</c>, and the parser's own <c>else</c> and <c>end</c>.</summary>
internal sealed class WordNode(NodeKind kind, Tree tree, int position, string word) : Node(kind, tree, position)
{
    public override void Write(StringBuilder to) => to.Append("{{").Append(word).Append("}}");
}
