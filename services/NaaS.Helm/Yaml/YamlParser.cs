using System.Runtime.CompilerServices;

namespace NaaS.Helm.Yaml;

/// <summary>Builds the nodes of documents from tokens, with the grammar and the error texts of go-yaml v2.</summary>
internal sealed class YamlParser
{
    /// <summary>Deeper documents are refused: Go's limit of 10000 would need more stack than a pool thread has.</summary>
    private const int MaxDepth = 1000;

    private readonly YamlScanner scanner;
    private readonly Dictionary<string, string> tagPrefixes = new(StringComparer.Ordinal);
    private Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);
    private bool first = true;
    private int depth;

    public YamlParser(string text)
    {
        scanner = new YamlScanner(text);
        _ = scanner.Peek();
        scanner.Skip();
    }

    /// <summary>The next document's root, or null at the end of the stream.</summary>
    public YamlNode? NextDocument()
    {
        var token = scanner.Peek();
        while (!first && token.Kind == TokenKind.DocumentEnd)
        {
            scanner.Skip();
            token = scanner.Peek();
        }

        if (token.Kind == TokenKind.StreamEnd)
        {
            return null;
        }

        anchors = new(StringComparer.Ordinal);
        var isImplicit = first && token.Kind is not (TokenKind.VersionDirective or TokenKind.TagDirective or TokenKind.DocumentStart);
        first = false;
        ProcessDirectives();
        var root = isImplicit ? ParseNode(block: true, indentless: false) : ParseExplicitContent();
        if (scanner.Peek().Kind == TokenKind.DocumentEnd)
        {
            scanner.Skip();
        }

        tagPrefixes.Clear();
        return root;
    }

    private YamlNode ParseExplicitContent()
    {
        var token = scanner.Peek();
        if (token.Kind != TokenKind.DocumentStart)
        {
            throw Error("did not find expected <document start>", token.Start);
        }

        scanner.Skip();
        token = scanner.Peek();
        return token.Kind is TokenKind.VersionDirective or TokenKind.TagDirective or TokenKind.DocumentStart or TokenKind.DocumentEnd
            or TokenKind.StreamEnd
            ? Empty(token.Start)
            : ParseNode(block: true, indentless: false);
    }

    private void ProcessDirectives()
    {
        var versioned = false;
        for (var token = scanner.Peek(); token.Kind is TokenKind.VersionDirective or TokenKind.TagDirective; token = scanner.Peek())
        {
            if (token.Kind == TokenKind.VersionDirective)
            {
                if (versioned)
                {
                    throw Error("found duplicate %YAML directive", token.Start);
                }

                if (token.Value != "1.1")
                {
                    throw Error("found incompatible YAML document", token.Start);
                }

                versioned = true;
            }
            else if (!tagPrefixes.TryAdd(token.Value, token.Suffix))
            {
                throw Error("found duplicate %TAG directive", token.Start);
            }

            scanner.Skip();
        }

        tagPrefixes.TryAdd("!", "!");
        tagPrefixes.TryAdd("!!", "tag:yaml.org,2002:");
    }

    private YamlNode ParseNode(bool block, bool indentless)
    {
        if (++depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Error($"exceeded max depth of {MaxDepth}", scanner.Peek().Start);
        }

        var node = ParseNodeInside(block, indentless);
        depth--;
        return node;
    }

    private YamlNode ParseNodeInside(bool block, bool indentless)
    {
        var token = scanner.Peek();
        var start = token.Start;
        if (token.Kind == TokenKind.Alias)
        {
            if (!anchors.TryGetValue(token.Value, out var target))
            {
                throw new YamlException($"yaml: unknown anchor '{Go.GoString.ToText(token.Value)}' referenced");
            }

            scanner.Skip();
            return new YamlNode(NodeKind.Alias, start.Line) { Value = token.Value, Target = target };
        }

        var (anchor, tag) = ParseProperties(start);
        token = scanner.Peek();
        YamlNode node;
        switch (token.Kind)
        {
            case TokenKind.BlockEntry when indentless:
                node = Anchored(anchor, new YamlNode(NodeKind.Sequence, start.Line));
                ParseIndentlessSequence(node);
                return node;
            case TokenKind.Scalar:
                scanner.Skip();
                return Anchored(anchor, new YamlNode(NodeKind.Scalar, start.Line)
                {
                    Tag = tag,
                    Value = token.Value,
                    Implicit = (tag.Length == 0 && token.IsPlain) || tag == "!",
                });
            case TokenKind.FlowSequenceStart:
                node = Anchored(anchor, new YamlNode(NodeKind.Sequence, start.Line));
                ParseFlowSequence(node);
                return node;
            case TokenKind.FlowMappingStart:
                node = Anchored(anchor, new YamlNode(NodeKind.Mapping, start.Line));
                ParseFlowMapping(node);
                return node;
            case TokenKind.BlockSequenceStart when block:
                node = Anchored(anchor, new YamlNode(NodeKind.Sequence, start.Line));
                ParseBlockSequence(node);
                return node;
            case TokenKind.BlockMappingStart when block:
                node = Anchored(anchor, new YamlNode(NodeKind.Mapping, start.Line));
                ParseBlockMapping(node);
                return node;
        }

        if (anchor is not null || tag.Length > 0)
        {
            return Anchored(anchor, new YamlNode(NodeKind.Scalar, start.Line) { Tag = tag, Implicit = tag.Length == 0 });
        }

        throw Error("did not find expected node content", token.Start, start);
    }

    private (string? Anchor, string Tag) ParseProperties(Mark start)
    {
        string? anchor = null;
        Token? tag = null;
        for (var token = scanner.Peek(); ; token = scanner.Peek())
        {
            if (token.Kind == TokenKind.Anchor && anchor is null)
            {
                anchor = token.Value;
            }
            else if (token.Kind == TokenKind.Tag && tag is null)
            {
                tag = token;
            }
            else
            {
                return (anchor, tag is { } given ? Resolve(given, start) : "");
            }

            scanner.Skip();
        }
    }

    private string Resolve(Token tag, Mark start)
    {
        if (tag.Value.Length == 0)
        {
            return tag.Suffix;
        }

        return tagPrefixes.TryGetValue(tag.Value, out var prefix) && prefix.Length + tag.Suffix.Length > 0
            ? prefix + tag.Suffix
            : throw Error("found undefined tag handle", tag.Start, start);
    }

    private YamlNode Anchored(string? anchor, YamlNode node)
    {
        if (anchor is not null)
        {
            anchors[anchor] = node;
        }

        return node;
    }

    private void ParseBlockSequence(YamlNode node)
    {
        var context = scanner.Peek().Start;
        scanner.Skip();
        while (true)
        {
            var token = scanner.Peek();
            if (token.Kind == TokenKind.BlockEnd)
            {
                scanner.Skip();
                return;
            }

            if (token.Kind != TokenKind.BlockEntry)
            {
                throw Error("did not find expected '-' indicator", token.Start, context);
            }

            scanner.Skip();
            node.Children.Add(scanner.Peek().Kind is TokenKind.BlockEntry or TokenKind.BlockEnd
                ? Empty(token.End)
                : ParseNode(block: true, indentless: false));
        }
    }

    private void ParseIndentlessSequence(YamlNode node)
    {
        for (var token = scanner.Peek(); token.Kind == TokenKind.BlockEntry; token = scanner.Peek())
        {
            scanner.Skip();
            node.Children.Add(scanner.Peek().Kind is TokenKind.BlockEntry or TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd
                ? Empty(token.End)
                : ParseNode(block: true, indentless: false));
        }
    }

    private void ParseBlockMapping(YamlNode node)
    {
        var context = scanner.Peek().Start;
        scanner.Skip();
        while (true)
        {
            var token = scanner.Peek();
            if (token.Kind == TokenKind.BlockEnd)
            {
                scanner.Skip();
                return;
            }

            if (token.Kind != TokenKind.Key)
            {
                throw Error("did not find expected key", token.Start, context);
            }

            scanner.Skip();
            node.Children.Add(BlockPart(token));
            token = scanner.Peek();
            if (token.Kind != TokenKind.Value)
            {
                node.Children.Add(Empty(token.Start));
                continue;
            }

            scanner.Skip();
            node.Children.Add(BlockPart(token));
        }
    }

    private YamlNode BlockPart(Token before) => scanner.Peek().Kind is TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd
        ? Empty(before.End)
        : ParseNode(block: true, indentless: true);

    private void ParseFlowSequence(YamlNode node)
    {
        var context = scanner.Peek().Start;
        scanner.Skip();
        for (var isFirst = true; ; isFirst = false)
        {
            var token = scanner.Peek();
            if (token.Kind != TokenKind.FlowSequenceEnd && !isFirst)
            {
                token = SkipFlowEntry(token, "did not find expected ',' or ']'", context);
            }

            if (token.Kind == TokenKind.FlowSequenceEnd)
            {
                scanner.Skip();
                return;
            }

            node.Children.Add(token.Kind == TokenKind.Key
                ? ParsePair(token)
                : ParseNode(block: false, indentless: false));
        }
    }

    /// <summary>A mapping of one pair, <c>[a: b]</c>.</summary>
    private YamlNode ParsePair(Token key)
    {
        var pair = new YamlNode(NodeKind.Mapping, key.Start.Line);
        scanner.Skip();
        var token = scanner.Peek();
        if (token.Kind is TokenKind.Value or TokenKind.FlowEntry or TokenKind.FlowSequenceEnd)
        {
            // go-yaml drops the token here, so that [? , a] and [? ] lose a delimiter.
            scanner.Skip();
            pair.Children.Add(Empty(token.End));
        }
        else
        {
            pair.Children.Add(ParseNode(block: false, indentless: false));
        }

        token = scanner.Peek();
        if (token.Kind == TokenKind.Value)
        {
            scanner.Skip();
            if (scanner.Peek().Kind is not (TokenKind.FlowEntry or TokenKind.FlowSequenceEnd))
            {
                pair.Children.Add(ParseNode(block: false, indentless: false));
                return pair;
            }
        }

        pair.Children.Add(Empty(token.Start));
        return pair;
    }

    private void ParseFlowMapping(YamlNode node)
    {
        var context = scanner.Peek().Start;
        scanner.Skip();
        for (var isFirst = true; ; isFirst = false)
        {
            var token = scanner.Peek();
            if (token.Kind != TokenKind.FlowMappingEnd && !isFirst)
            {
                token = SkipFlowEntry(token, "did not find expected ',' or '}'", context);
            }

            if (token.Kind == TokenKind.FlowMappingEnd)
            {
                scanner.Skip();
                return;
            }

            ParseFlowEntry(node, token);
        }
    }

    private void ParseFlowEntry(YamlNode node, Token token)
    {
        if (token.Kind != TokenKind.Key)
        {
            node.Children.Add(ParseNode(block: false, indentless: false));
            node.Children.Add(Empty(scanner.Peek().Start));
            return;
        }

        scanner.Skip();
        token = scanner.Peek();
        node.Children.Add(token.Kind is TokenKind.Value or TokenKind.FlowEntry or TokenKind.FlowMappingEnd
            ? Empty(token.Start)
            : ParseNode(block: false, indentless: false));
        token = scanner.Peek();
        if (token.Kind == TokenKind.Value)
        {
            scanner.Skip();
            token = scanner.Peek();
            if (token.Kind is not (TokenKind.FlowEntry or TokenKind.FlowMappingEnd))
            {
                node.Children.Add(ParseNode(block: false, indentless: false));
                return;
            }
        }

        node.Children.Add(Empty(token.Start));
    }

    private Token SkipFlowEntry(Token token, string problem, Mark context)
    {
        if (token.Kind != TokenKind.FlowEntry)
        {
            throw Error(problem, token.Start, context);
        }

        scanner.Skip();
        return scanner.Peek();
    }

    private static YamlNode Empty(Mark mark) => new(NodeKind.Scalar, mark.Line) { Implicit = true };

    private static YamlException Error(string problem, Mark at, Mark context = default)
    {
        var line = at.Line != 0 ? at.Line : context.Line;
        return new YamlException(line != 0 ? $"yaml: line {line}: {problem}" : $"yaml: {problem}");
    }
}
