using System.Runtime.CompilerServices;
using NaaS.Helm.Go;

namespace NaaS.Helm.Templates;

/// <summary>
/// Parses a template text into trees, one for the text and one for each <c>define</c> and <c>block</c> in it.
/// The grammar, its oddities and its error texts are those of Go's text/template/parse.
/// </summary>
internal sealed class Parser
{
    private const int MaxParens = 10_000;
    private readonly string name;
    private readonly string text;
    private readonly Lexer lexer;
    private readonly Dictionary<string, Tree> trees = new(StringComparer.Ordinal);
    private readonly Token[] token = new Token[3];

    // What was read of commands and pipelines that are not complete yet, inner ones last.
    private readonly List<Node> operands = [];
    private readonly List<CommandNode> commands = [];
    private int peekCount;
    private Scope scope;

    // What Go keeps per tree while it parses.
    private sealed class Scope(Tree tree)
    {
        public Tree Tree { get; } = tree;

        public List<string> Variables { get; set; } = ["$"];

        public int ActionLine { get; set; }

        public int RangeDepth { get; set; }

        public int Parens { get; set; }
    }

    private Parser(string name, string text)
    {
        this.name = name;
        this.text = text;
        lexer = new Lexer(text);
        scope = new Scope(new Tree(name, name, text));
    }

    /// <summary>Parses a text; the result holds its tree under <paramref name="name"/> and its definitions.</summary>
    public static IReadOnlyDictionary<string, Tree> Parse(string name, string text)
    {
        var parser = new Parser(name, text);
        parser.Top();
        parser.Add(parser.scope.Tree);
        return parser.trees;
    }

    private Tree Tree => scope.Tree;

    private Token Next()
    {
        if (peekCount > 0)
        {
            peekCount--;
        }
        else
        {
            token[0] = lexer.Next();
        }
        return token[peekCount];
    }

    private void Backup() => peekCount++;

    private Token Peek()
    {
        if (peekCount > 0)
        {
            return token[peekCount - 1];
        }
        peekCount = 1;
        return token[0] = lexer.Next();
    }

    private Token NextNonSpace()
    {
        Token next;
        do
        {
            next = Next();
        }
        while (next.Kind == TokenKind.Space);
        return next;
    }

    private Token PeekNonSpace()
    {
        var next = NextNonSpace();
        Backup();
        return next;
    }

    private ParseException Error(string message) => new($"template: {name}:{token[0].Line}: {message}");

    private ParseException Unexpected(Token found, string context)
    {
        if (found.Kind != TokenKind.Error)
        {
            return Error($"unexpected {found} in {context}");
        }
        string extra = "";
        if (scope.ActionLine != 0 && scope.ActionLine != found.Line)
        {
            extra = $" in action started at {name}:{scope.ActionLine}";
            if (found.Text.EndsWith(" action", StringComparison.Ordinal))
            {
                extra = extra[" in action".Length..];
            }
        }
        return Error($"{found}{extra}");
    }

    private Token Expect(TokenKind kind, string context)
    {
        var found = NextNonSpace();
        return found.Kind == kind ? found : throw Unexpected(found, context);
    }

    private void Add(Tree tree)
    {
        if (!trees.TryGetValue(tree.Name, out var before) || before.IsEmpty)
        {
            trees[tree.Name] = tree;
        }
        else if (!tree.IsEmpty)
        {
            throw Error($"template: multiple definition of template {GoQuote.Quote(tree.Name)}");
        }
    }

    private void Top()
    {
        var root = new ListNode(Tree, Peek().Position);
        Tree.Root = root;
        while (Peek().Kind != TokenKind.Eof)
        {
            if (Peek().Kind == TokenKind.LeftDelim)
            {
                var delim = Next();
                if (NextNonSpace().Kind == TokenKind.Define)
                {
                    Definition();
                    continue;
                }
                token[1] = delim;
                peekCount = 2;
            }
            var node = TextOrAction();
            if (node.Kind is NodeKind.End or NodeKind.Else)
            {
                throw Error($"unexpected {node}");
            }
            root.Nodes.Add(node);
        }
    }

    private void Definition()
    {
        const string context = "define clause";
        var outer = scope;
        scope = new Scope(new Tree("definition", name, text));
        var found = NextNonSpace();
        if (found.Kind is not (TokenKind.String or TokenKind.RawString))
        {
            throw Unexpected(found, context);
        }
        Tree.Name = Unquote(found);
        Expect(TokenKind.RightDelim, context);
        var (list, end) = ItemList();
        Tree.Root = list;
        if (end.Kind != NodeKind.End)
        {
            throw Error($"unexpected {end} in {context}");
        }
        Add(Tree);
        scope = outer;
    }

    private (ListNode List, Node End) ItemList()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new LimitException($"template {GoString.ToText(name)} is nested too deeply");
        }
        var list = new ListNode(Tree, PeekNonSpace().Position);
        while (PeekNonSpace().Kind != TokenKind.Eof)
        {
            var node = TextOrAction();
            if (node.Kind is NodeKind.End or NodeKind.Else)
            {
                return (list, node);
            }
            list.Nodes.Add(node);
        }
        throw Error("unexpected EOF");
    }

    private Node TextOrAction()
    {
        var found = NextNonSpace();
        switch (found.Kind)
        {
            case TokenKind.Text:
                return new TextNode(Tree, found.Position, found.Length);
            case TokenKind.LeftDelim:
                scope.ActionLine = found.Line;
                var node = Action();
                scope.ActionLine = 0;
                return node;
            default:
                throw Unexpected(found, "input");
        }
    }

    private Node Action()
    {
        var found = NextNonSpace();
        switch (found.Kind)
        {
            case TokenKind.Block: return Block();
            case TokenKind.Break: return LoopWord(NodeKind.Break, found.Position, "break");
            case TokenKind.Continue: return LoopWord(NodeKind.Continue, found.Position, "continue");
            case TokenKind.Else: return Else();
            case TokenKind.End: return new WordNode(NodeKind.End, Tree, Expect(TokenKind.RightDelim, "end").Position, "end");
            case TokenKind.If: return Control(NodeKind.If, "if");
            case TokenKind.Range: return Control(NodeKind.Range, "range");
            case TokenKind.Template: return Template();
            case TokenKind.With: return Control(NodeKind.With, "with");
        }
        Backup();
        int position = Peek().Position;
        return new ActionNode(Tree, position, Pipeline("command", TokenKind.RightDelim));
    }

    private WordNode LoopWord(NodeKind kind, int position, string word)
    {
        var found = NextNonSpace();
        if (found.Kind != TokenKind.RightDelim)
        {
            throw Unexpected(found, $"{{{{{word}}}}}");
        }
        return scope.RangeDepth > 0 ? new WordNode(kind, Tree, position, word) : throw Error($"{{{{{word}}}}} outside {{{{range}}}}");
    }

    private PipeNode Pipeline(string context, TokenKind end)
    {
        var pipe = new PipeNode(Tree, PeekNonSpace().Position);
        Declarations(pipe, context);
        int outer = commands.Count;
        while (true)
        {
            var found = NextNonSpace();
            if (found.Kind == end)
            {
                pipe.Commands = Taken(commands, outer);
                Check(pipe, context);
                return pipe;
            }
            switch (found.Kind)
            {
                case TokenKind.Bool or TokenKind.CharConstant or TokenKind.Complex or TokenKind.Dot or TokenKind.Field or TokenKind.Identifier
                    or TokenKind.Number or TokenKind.Nil or TokenKind.RawString or TokenKind.String or TokenKind.Variable or TokenKind.LeftParen:
                    Backup();
                    commands.Add(Command());
                    break;
                default:
                    throw Unexpected(found, context);
            }
        }
    }

    private void Declarations(PipeNode pipe, string context)
    {
        while (PeekNonSpace() is { Kind: TokenKind.Variable } variable)
        {
            Next();
            // Space is a token, so "$x foo" needs three tokens of look-ahead to be told from "$x :=".
            var after = Peek();
            var next = PeekNonSpace();
            if (next.Kind is TokenKind.Assign or TokenKind.Declare)
            {
                pipe.IsAssign = next.Kind == TokenKind.Assign;
                NextNonSpace();
                Declare(pipe, variable);
                return;
            }
            if (next is { Kind: TokenKind.Char, Text: "," })
            {
                NextNonSpace();
                Declare(pipe, variable);
                if (context != "range" || pipe.Declarations.Length >= 2)
                {
                    throw Error($"too many declarations in {context}");
                }
                if (PeekNonSpace().Kind is TokenKind.Variable or TokenKind.RightDelim or TokenKind.RightParen)
                {
                    continue;
                }
                throw Error("range can only initialize variables");
            }
            token[1] = after.Kind == TokenKind.Space ? after : variable;
            token[2] = variable;
            peekCount = after.Kind == TokenKind.Space ? 3 : 2;
            return;
        }
    }

    private void Declare(PipeNode pipe, Token variable)
    {
        pipe.Declare(Variable(variable.Position, variable.Text));
        scope.Variables.Add(variable.Text);
    }

    private void Check(PipeNode pipe, string context)
    {
        if (pipe.Commands.Length == 0)
        {
            throw Error($"missing value for {context}");
        }
        for (int i = 1; i < pipe.Commands.Length; i++)
        {
            if (pipe.Commands[i].Arguments[0].Kind is NodeKind.Bool or NodeKind.Dot or NodeKind.Nil or NodeKind.Number or NodeKind.String)
            {
                throw Error($"non executable command in pipeline stage {i + 1}");
            }
        }
    }

    private BranchNode Control(NodeKind kind, string context)
    {
        int variables = scope.Variables.Count;
        var pipe = Pipeline(context, TokenKind.RightDelim);
        scope.RangeDepth += kind == NodeKind.Range ? 1 : 0;
        var (list, next) = ItemList();
        scope.RangeDepth -= kind == NodeKind.Range ? 1 : 0;
        ListNode? elseList = null;
        if (next.Kind == NodeKind.Else)
        {
            // "else if" and "else with" nest, and share the one {{end}}.
            if ((kind == NodeKind.If && Peek().Kind == TokenKind.If) || (kind == NodeKind.With && Peek().Kind == TokenKind.With))
            {
                Next();
                elseList = new ListNode(Tree, next.Position);
                elseList.Nodes.Add(Control(kind, context));
            }
            else
            {
                (elseList, next) = ItemList();
                if (next.Kind != NodeKind.End)
                {
                    throw Error($"expected end; found {next}");
                }
            }
        }
        scope.Variables.RemoveRange(variables, scope.Variables.Count - variables);
        return new BranchNode(kind, Tree, pipe.Position, pipe, list, elseList);
    }

    private WordNode Else()
    {
        var peek = PeekNonSpace();
        int position = peek.Kind is TokenKind.If or TokenKind.With ? peek.Position : Expect(TokenKind.RightDelim, "else").Position;
        return new WordNode(NodeKind.Else, Tree, position, "else");
    }

    private TemplateNode Block()
    {
        const string context = "block clause";
        var found = NextNonSpace();
        string blockName = TemplateName(found, context);
        var pipe = Pipeline(context, TokenKind.RightDelim);
        var outer = scope;
        scope = new Scope(new Tree(blockName, name, text));
        var (list, end) = ItemList();
        Tree.Root = list;
        if (end.Kind != NodeKind.End)
        {
            throw Error($"unexpected {end} in {context}");
        }
        Add(Tree);
        scope = outer;
        return new TemplateNode(Tree, found.Position, blockName, pipe);
    }

    private TemplateNode Template()
    {
        const string context = "template clause";
        var found = NextNonSpace();
        string templateName = TemplateName(found, context);
        PipeNode? pipe = null;
        if (NextNonSpace().Kind != TokenKind.RightDelim)
        {
            Backup();
            pipe = Pipeline(context, TokenKind.RightDelim);
        }
        return new TemplateNode(Tree, found.Position, templateName, pipe);
    }

    private string TemplateName(Token found, string context) =>
        found.Kind is TokenKind.String or TokenKind.RawString ? Unquote(found) : throw Unexpected(found, context);

    private string Unquote(Token found) => GoQuote.Unquote(found.Text) ?? throw Error("invalid syntax");

    private CommandNode Command()
    {
        int position = PeekNonSpace().Position;
        int outer = operands.Count;
        while (true)
        {
            PeekNonSpace();
            if (Operand() is { } operand)
            {
                operands.Add(operand);
            }
            var found = Next();
            switch (found.Kind)
            {
                case TokenKind.Space:
                    continue;
                case TokenKind.RightDelim or TokenKind.RightParen:
                    Backup();
                    break;
                case TokenKind.Pipe:
                    break;
                default:
                    throw Unexpected(found, "operand");
            }
            return operands.Count > outer ? new CommandNode(Tree, position, Taken(operands, outer)) : throw Error("empty command");
        }
    }

    private static T[] Taken<T>(List<T> nodes, int from)
    {
        var taken = new T[nodes.Count - from];
        nodes.CopyTo(from, taken, 0, taken.Length);
        nodes.RemoveRange(from, taken.Length);
        return taken;
    }

    private Node? Operand()
    {
        // Parentheses nest deeply, so the way to them takes little stack.
        var node = AtParenthesis() ? Parenthesis() : Term();
        if (node is null || Peek().Kind != TokenKind.Field)
        {
            return node;
        }
        int position = Peek().Position;
        var fields = new List<string>();
        while (Peek().Kind == TokenKind.Field)
        {
            fields.Add(Words.Of(Next().Text.AsSpan(1)));
        }
        return node switch
        {
            FieldNode field => new FieldNode(Tree, position, [.. field.Names, .. fields]),
            VariableNode variable => new VariableNode(Tree, position, [.. variable.Names, .. fields]),
            BoolNode or StringNode or NumberNode or NilNode or DotNode => throw Error($"unexpected . after term {GoQuote.Quote(node.ToString())}"),
            _ => new ChainNode(Tree, position, node, [.. fields]),
        };
    }

    private Node? Term()
    {
        var found = NextNonSpace();
        switch (found.Kind)
        {
            case TokenKind.Identifier:
                return Functions.FunctionTable.TryGet(found.Text, out var function)
                    ? new IdentifierNode(Tree, found.Position, found.Text, function)
                    : throw Error($"function {GoQuote.Quote(found.Text)} not defined");
            case TokenKind.Dot:
                return new DotNode(Tree, found.Position);
            case TokenKind.Nil:
                return new NilNode(Tree, found.Position);
            case TokenKind.Variable:
                var variable = Variable(found.Position, found.Text);
                return scope.Variables.Contains(variable.Names[0])
                    ? variable
                    : throw Error($"undefined variable {GoQuote.Quote(variable.Names[0])}");
            case TokenKind.Field:
                return new FieldNode(Tree, found.Position, [Words.Of(found.Text.AsSpan(1))]);
            case TokenKind.Bool:
                return new BoolNode(Tree, found.Position, found.Text == "true");
            case TokenKind.CharConstant or TokenKind.Complex or TokenKind.Number:
                return NumberParser.Parse(Tree, found, Error);
            case TokenKind.String or TokenKind.RawString:
                return new StringNode(Tree, found.Position, found.Length, Unquote(found));
        }
        Backup();
        return null;
    }

    private bool AtParenthesis()
    {
        if (PeekNonSpace().Kind != TokenKind.LeftParen)
        {
            return false;
        }
        NextNonSpace();
        return true;
    }

    private PipeNode Parenthesis()
    {
        if (scope.Parens >= MaxParens)
        {
            throw Error("max expression depth exceeded");
        }
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new LimitException($"template {GoString.ToText(name)} is nested too deeply");
        }
        scope.Parens++;
        var pipe = Pipeline("parenthesized pipeline", TokenKind.RightParen);
        scope.Parens--;
        return pipe;
    }

    private VariableNode Variable(int position, string variable) => new(Tree, position, [variable]);
}
