using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using static NaaS.Helm.Yaml.YamlText;

namespace NaaS.Helm.Yaml;

/// <summary>
/// Turns a byte string into YAML 1.1 tokens with the rules, and the mistakes, of go-yaml v2 (a descendant of libyaml):
/// which positions may start a simple key, where tabs are allowed, how lines fold. Tokens are made on demand, as there,
/// so text after the first document is not looked at.
/// </summary>
internal sealed class YamlScanner
{
    private const int MaxDepth = 10000;
    private static readonly SearchValues<char> InLine = SearchValues.Create(Printable + "\t");
    private static readonly SearchValues<char> InQuotes = SearchValues.Create([.. Printable.Except("\"'\\ ")]);
    private readonly string text;
    private readonly List<Token> queue = [];
    private readonly List<SimpleKey> keys = [];
    private readonly Stack<int> indents = new();
    private readonly StringBuilder scalar = new();
    private readonly StringBuilder breaks = new();
    private readonly StringBuilder blanks = new();
    private int head;
    private int parsed;
    private int pos;
    private int index;
    private int line;
    private int column;
    private int indent = -1;
    private int flow;
    private bool keyAllowed = true;
    private bool started;
    private bool ended;

    public YamlScanner(string text)
    {
        this.text = text;
        Check(text);
        pos = IsBom(text, 0) ? 3 : 0;
    }

    private Mark Here => new(index, line, column);

    private char Current => At(text, pos);

    /// <summary>The next token, left in place.</summary>
    public Token Peek()
    {
        while (NeedsMore())
        {
            Fetch();
        }

        return queue[head];
    }

    /// <summary>Removes the token that <see cref="Peek"/> gave.</summary>
    public void Skip()
    {
        head++;
        parsed++;
        if (head == queue.Count)
        {
            queue.Clear();
            head = 0;
        }
    }

    private bool NeedsMore()
    {
        if (head == queue.Count)
        {
            return true;
        }

        var at = keys.Count - 1;
        if (at > 0)
        {
            at = KeyOf(parsed);
        }

        return at >= 0 && Key(at) is { IsListed: true } key && key.Token == parsed && IsValid(ref Key(at));
    }

    private ref SimpleKey Key(int at) => ref CollectionsMarshal.AsSpan(keys)[at];

    // Deeper keys have higher token numbers; only two can have the same one, and of these the outer one is meant.
    private int KeyOf(int token)
    {
        var (from, to) = (0, keys.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = keys[middle].Token < token ? (middle + 1, to) : (from, middle);
        }

        return from < keys.Count ? from : -1;
    }

    private void Fetch()
    {
        if (ended)
        {
            throw new YamlException("yaml: attempted to go past the end of stream; corrupted value?");
        }

        if (!started)
        {
            started = true;
            keys.Add(new SimpleKey());
            Add(new Token(TokenKind.StreamStart, Here, Here));
            return;
        }

        SkipToToken();
        UnrollIndent(column);
        var c = Current;
        var next = At(text, pos + 1);
        if (c == '\0')
        {
            FetchStreamEnd();
        }
        else if (column == 0 && c == '%')
        {
            FetchDirective();
        }
        else if (column == 0 && IsDocumentMark('-'))
        {
            FetchDocumentMark(TokenKind.DocumentStart);
        }
        else if (column == 0 && IsDocumentMark('.'))
        {
            FetchDocumentMark(TokenKind.DocumentEnd);
        }
        else
        {
            FetchContent(c, next);
        }
    }

    private void FetchContent(char c, char next)
    {
        var beforeBlank = IsBlankOrEnd(text, pos + 1);
        switch (c)
        {
            case '[':
                FetchFlowStart(TokenKind.FlowSequenceStart);
                return;
            case '{':
                FetchFlowStart(TokenKind.FlowMappingStart);
                return;
            case ']':
                FetchFlowEnd(TokenKind.FlowSequenceEnd);
                return;
            case '}':
                FetchFlowEnd(TokenKind.FlowMappingEnd);
                return;
            case ',':
                RemoveKey();
                keyAllowed = true;
                AddIndicator(TokenKind.FlowEntry);
                return;
            case '-' when beforeBlank:
                FetchBlockEntry();
                return;
            case '?' when flow > 0 || beforeBlank:
                FetchKey();
                return;
            case ':' when flow > 0 || beforeBlank:
                FetchValue();
                return;
            case '*':
                FetchAnchor(TokenKind.Alias);
                return;
            case '&':
                FetchAnchor(TokenKind.Anchor);
                return;
            case '!':
                SaveKey();
                keyAllowed = false;
                Add(ScanTag());
                return;
            case '|' when flow == 0:
                FetchBlockScalar(literal: true);
                return;
            case '>' when flow == 0:
                FetchBlockScalar(literal: false);
                return;
            case '\'' or '"':
                SaveKey();
                keyAllowed = false;
                Add(ScanQuoted(c == '\''));
                return;
        }

        var reserved = IsBlankOrEnd(text, pos) || c is '-' or '?' or ':' or ',' or '[' or ']' or '{' or '}' or '#' or '&' or '*'
            or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`';
        if (reserved && !(c == '-' && !IsBlank(next)) && !(flow == 0 && c is '?' or ':' && !beforeBlank))
        {
            throw Error("found character that cannot start any token", Here);
        }

        SaveKey();
        keyAllowed = false;
        Add(ScanPlain());
    }

    private bool IsDocumentMark(char c) =>
        Current == c && At(text, pos + 1) == c && At(text, pos + 2) == c && IsBlankOrEnd(text, pos + 3);

    private bool IsValid(ref SimpleKey key)
    {
        if (!key.Possible)
        {
            return false;
        }

        if (key.Mark.Line < line || key.Mark.Index + 1024 < index)
        {
            if (key.Required)
            {
                throw Error("could not find expected ':'", key.Mark);
            }

            key.Possible = false;
            return false;
        }

        return true;
    }

    private void SaveKey()
    {
        if (!keyAllowed)
        {
            return;
        }

        var key = new SimpleKey
        {
            Possible = true,
            IsListed = true,
            Required = flow == 0 && indent == column,
            Token = parsed + queue.Count - head,
            Mark = Here,
        };
        RemoveKey();
        keys[^1] = key;
    }

    private void RemoveKey()
    {
        ref var key = ref Key(keys.Count - 1);
        if (!key.Possible)
        {
            return;
        }

        if (key.Required)
        {
            throw Error("could not find expected ':'", key.Mark);
        }

        key.Possible = false;
        key.IsListed = false;
    }

    private void RollIndent(int to, int token, TokenKind kind, Mark mark)
    {
        if (flow > 0 || indent >= to)
        {
            return;
        }

        indents.Push(indent);
        indent = to;
        if (indents.Count > MaxDepth)
        {
            throw Error($"exceeded max depth of {MaxDepth}", keys[^1].Mark);
        }

        Add(new Token(kind, mark, mark), token);
    }

    private void UnrollIndent(int to)
    {
        while (flow == 0 && indent > to)
        {
            Add(new Token(TokenKind.BlockEnd, Here, Here));
            indent = indents.Pop();
        }
    }

    private void FetchStreamEnd()
    {
        if (column != 0)
        {
            column = 0;
            line++;
        }

        UnrollIndent(-1);
        RemoveKey();
        keyAllowed = false;
        ended = true;
        Add(new Token(TokenKind.StreamEnd, Here, Here));
    }

    private void FetchDirective()
    {
        UnrollIndent(-1);
        RemoveKey();
        keyAllowed = false;
        Add(ScanDirective());
    }

    private void FetchDocumentMark(TokenKind kind)
    {
        UnrollIndent(-1);
        RemoveKey();
        keyAllowed = false;
        var start = Here;
        Advance();
        Advance();
        Advance();
        Add(new Token(kind, start, Here));
    }

    private void FetchFlowStart(TokenKind kind)
    {
        SaveKey();
        keys.Add(new SimpleKey { Token = parsed + queue.Count - head, Mark = Here });
        if (++flow > MaxDepth)
        {
            throw Error($"exceeded max depth of {MaxDepth}", Here);
        }

        keyAllowed = true;
        AddIndicator(kind);
    }

    private void FetchFlowEnd(TokenKind kind)
    {
        RemoveKey();
        if (flow > 0)
        {
            flow--;
            var token = keys[^1].Token;
            keys.RemoveAt(keys.Count - 1);
            ref var outer = ref Key(keys.Count - 1);
            // go-yaml forgets by number, and an empty pair of brackets has the number of the key before it.
            outer.IsListed &= outer.Token != token;
        }

        keyAllowed = false;
        AddIndicator(kind);
    }

    private void FetchBlockEntry()
    {
        if (flow == 0)
        {
            if (!keyAllowed)
            {
                throw Error("block sequence entries are not allowed in this context", Here);
            }

            RollIndent(column, -1, TokenKind.BlockSequenceStart, Here);
        }

        RemoveKey();
        keyAllowed = true;
        AddIndicator(TokenKind.BlockEntry);
    }

    private void FetchKey()
    {
        if (flow == 0)
        {
            if (!keyAllowed)
            {
                throw Error("mapping keys are not allowed in this context", Here);
            }

            RollIndent(column, -1, TokenKind.BlockMappingStart, Here);
        }

        RemoveKey();
        keyAllowed = flow == 0;
        AddIndicator(TokenKind.Key);
    }

    private void FetchValue()
    {
        ref var key = ref Key(keys.Count - 1);
        if (IsValid(ref key))
        {
            Add(new Token(TokenKind.Key, key.Mark, key.Mark), key.Token);
            RollIndent(key.Mark.Column, key.Token, TokenKind.BlockMappingStart, key.Mark);
            key.Possible = false;
            key.IsListed = false;
            keyAllowed = false;
        }
        else
        {
            if (flow == 0)
            {
                if (!keyAllowed)
                {
                    throw Error("mapping values are not allowed in this context", Here);
                }

                RollIndent(column, -1, TokenKind.BlockMappingStart, Here);
            }

            keyAllowed = flow == 0;
        }

        AddIndicator(TokenKind.Value);
    }

    private void FetchAnchor(TokenKind kind)
    {
        SaveKey();
        keyAllowed = false;
        var start = Here;
        Advance();
        var from = pos;
        while (IsAlpha(Current))
        {
            Advance();
        }

        var follows = IsBlankOrEnd(text, pos) || Current is '?' or ':' or ',' or ']' or '}' or '%' or '@' or '`';
        if (pos == from || !follows)
        {
            throw Error("did not find expected alphabetic or numeric character", start);
        }

        Add(new Token(kind, start, Here, text[from..pos]));
    }

    private void FetchBlockScalar(bool literal)
    {
        RemoveKey();
        keyAllowed = true;
        Add(ScanBlockScalar(literal));
    }

    private void SkipToToken()
    {
        while (true)
        {
            while (Current == ' ' || ((flow > 0 || !keyAllowed) && Current == '\t'))
            {
                AdvanceAscii();
            }

            if (Current == '#')
            {
                SkipLineRest();
            }

            if (!IsBreak(text, pos))
            {
                return;
            }

            SkipBreak();
            if (flow == 0)
            {
                keyAllowed = true;
            }
        }
    }

    private void SkipLineRest()
    {
        while (true)
        {
            var length = text.AsSpan(pos).IndexOfAnyExcept(InLine);
            AdvanceAscii(length < 0 ? text.Length - pos : length);
            if (IsBreakOrEnd(text, pos))
            {
                return;
            }

            Advance();
        }
    }

    private void SkipBlanks()
    {
        while (IsBlank(Current))
        {
            AdvanceAscii();
        }
    }

    private void SkipBlanksAndComment(string problem, Mark start)
    {
        SkipBlanks();
        if (Current == '#')
        {
            SkipLineRest();
        }

        if (!IsBreakOrEnd(text, pos))
        {
            throw Error(problem, start);
        }

        if (IsBreak(text, pos))
        {
            SkipBreak();
        }
    }

    private Token ScanDirective()
    {
        var start = Here;
        Advance();
        var from = pos;
        while (IsAlpha(Current))
        {
            Advance();
        }

        var name = text[from..pos];
        if (name.Length == 0)
        {
            throw Error("could not find expected directive name", start);
        }

        if (!IsBlankOrEnd(text, pos))
        {
            throw Error("found unexpected non-alphabetical character", start);
        }

        var token = name switch
        {
            "YAML" => ScanVersion(start),
            "TAG" => ScanTagDirective(start),
            _ => throw Error("found unknown directive name", start),
        };
        SkipBlanksAndComment("did not find expected comment or line break", start);
        return token;
    }

    private Token ScanVersion(Mark start)
    {
        SkipBlanks();
        var major = ScanVersionNumber(start);
        if (Current != '.')
        {
            throw Error("did not find expected digit or '.' character", start);
        }

        Advance();
        return new Token(TokenKind.VersionDirective, start, Here, $"{major}.{ScanVersionNumber(start)}");
    }

    private int ScanVersionNumber(Mark start)
    {
        var from = pos;
        while (char.IsAsciiDigit(Current))
        {
            if (pos - from >= 2)
            {
                throw Error("found extremely long version number", start);
            }

            Advance();
        }

        return pos > from
            ? int.Parse(text.AsSpan(from, pos - from), CultureInfo.InvariantCulture)
            : throw Error("did not find expected version number", start);
    }

    private Token ScanTagDirective(Mark start)
    {
        SkipBlanks();
        var handle = ScanTagHandle(directive: true, start);
        if (!IsBlank(Current))
        {
            throw Error("did not find expected whitespace", start);
        }

        SkipBlanks();
        var prefix = ScanTagUri("", start);
        return IsBlankOrEnd(text, pos)
            ? new Token(TokenKind.TagDirective, start, Here, handle, prefix)
            : throw Error("did not find expected whitespace or line break", start);
    }

    private Token ScanTag()
    {
        var start = Here;
        string handle;
        string suffix;
        if (At(text, pos + 1) == '<')
        {
            Advance();
            Advance();
            handle = "";
            suffix = ScanTagUri("", start);
            if (Current != '>')
            {
                throw Error("did not find the expected '>'", start);
            }

            Advance();
        }
        else
        {
            handle = ScanTagHandle(directive: false, start);
            if (handle.Length > 1 && handle[^1] == '!')
            {
                suffix = ScanTagUri("", start);
            }
            else
            {
                suffix = ScanTagUri(handle, start);
                handle = suffix.Length == 0 ? "" : "!";
                suffix = suffix.Length == 0 ? "!" : suffix;
            }
        }

        return IsBlankOrEnd(text, pos)
            ? new Token(TokenKind.Tag, start, Here, handle, suffix)
            : throw Error("did not find expected whitespace or line break", start);
    }

    private string ScanTagHandle(bool directive, Mark start)
    {
        if (Current != '!')
        {
            throw Error("did not find expected '!'", start);
        }

        var from = pos;
        Advance();
        while (IsAlpha(Current))
        {
            Advance();
        }

        if (Current == '!')
        {
            Advance();
        }
        else if (directive && pos - from != 1)
        {
            throw Error("did not find expected '!'", start);
        }

        return text[from..pos];
    }

    private string ScanTagUri(string handle, Mark start)
    {
        var uri = new StringBuilder(handle.Length > 1 ? handle[1..] : "");
        var found = handle.Length > 0;
        while (IsAlpha(Current) || Current is ';' or '/' or '?' or ':' or '@' or '&' or '=' or '+' or '$' or ',' or '.' or '!'
            or '~' or '*' or '\'' or '(' or ')' or '[' or ']' or '%')
        {
            found = true;
            if (Current == '%')
            {
                ScanUriEscape(uri, start);
            }
            else
            {
                uri.Append(Current);
                Advance();
            }
        }

        return found ? uri.ToString() : throw Error("did not find expected tag URI", start);
    }

    private void ScanUriEscape(StringBuilder uri, Mark start)
    {
        var left = -1;
        do
        {
            if (Current != '%' || !char.IsAsciiHexDigit(At(text, pos + 1)) || !char.IsAsciiHexDigit(At(text, pos + 2)))
            {
                throw Error("did not find URI escaped octet", start);
            }

            var octet = (char)Convert.ToInt32(text.Substring(pos + 1, 2), 16);
            if (left < 0)
            {
                left = octet is >= '\u0080' and < '\u00c0' or >= '\u00f8'
                    ? throw Error("found an incorrect leading UTF-8 octet", start)
                    : Width(octet);
            }
            else if ((octet & 0xc0) != 0x80)
            {
                throw Error("found an incorrect trailing UTF-8 octet", start);
            }

            uri.Append(octet);
            Advance();
            Advance();
            Advance();
        }
        while (--left > 0);
    }

    private Token ScanBlockScalar(bool literal)
    {
        var start = Here;
        Advance();
        var (chomping, increment) = ScanBlockHeader(start);
        SkipBlanksAndComment("did not find expected comment or line break", start);

        var at = increment == 0 ? 0 : indent >= 0 ? indent + increment : increment;
        scalar.Clear();
        breaks.Clear();
        var leadingBreak = "";
        var leadingBlank = false;
        ScanBlockBreaks(ref at, start);
        while (column == at && Current != '\0')
        {
            var trailingBlank = IsBlank(Current);
            if (!literal && !leadingBlank && !trailingBlank && leadingBreak.Length > 0 && leadingBreak[0] == '\n')
            {
                if (breaks.Length == 0)
                {
                    scalar.Append(' ');
                }
            }
            else
            {
                scalar.Append(leadingBreak);
            }

            scalar.Append(breaks);
            breaks.Clear();
            leadingBlank = IsBlank(Current);
            var from = pos;
            SkipLineRest();
            scalar.Append(text, from, pos - from);
            leadingBreak = ReadBreak();
            ScanBlockBreaks(ref at, start);
        }

        if (chomping >= 0)
        {
            scalar.Append(leadingBreak);
        }

        if (chomping > 0)
        {
            scalar.Append(breaks);
        }

        return new Token(TokenKind.Scalar, start, Here, scalar.ToString());
    }

    private (int Chomping, int Increment) ScanBlockHeader(Mark start)
    {
        var chomping = 0;
        var increment = 0;
        if (Current is '+' or '-')
        {
            chomping = Current == '+' ? 1 : -1;
            Advance();
            if (char.IsAsciiDigit(Current))
            {
                increment = ScanIncrement(start);
            }
        }
        else if (char.IsAsciiDigit(Current))
        {
            increment = ScanIncrement(start);
            if (Current is '+' or '-')
            {
                chomping = Current == '+' ? 1 : -1;
                Advance();
            }
        }

        return (chomping, increment);
    }

    private int ScanIncrement(Mark start)
    {
        if (Current == '0')
        {
            throw Error("found an indentation indicator equal to 0", start);
        }

        var increment = Current - '0';
        Advance();
        return increment;
    }

    private void ScanBlockBreaks(ref int at, Mark start)
    {
        var max = 0;
        while (true)
        {
            while ((at == 0 || column < at) && Current == ' ')
            {
                AdvanceAscii();
            }

            max = Math.Max(max, column);
            if ((at == 0 || column < at) && Current == '\t')
            {
                throw Error("found a tab character where an indentation space is expected", start);
            }

            if (!IsBreak(text, pos))
            {
                break;
            }

            breaks.Append(ReadBreak());
        }

        if (at == 0)
        {
            at = Math.Max(Math.Max(max, indent + 1), 1);
        }
    }

    private Token ScanQuoted(bool single)
    {
        var start = Here;
        var quote = single ? '\'' : '"';
        Advance();
        scalar.Clear();
        breaks.Clear();
        blanks.Clear();
        while (true)
        {
            if (column == 0 && (IsDocumentMark('-') || IsDocumentMark('.')))
            {
                throw Error("found unexpected document indicator", start);
            }

            if (Current == '\0')
            {
                throw Error("found unexpected end of stream", start);
            }

            var leadingBlanks = ScanQuotedWord(single, start);
            if (Current == quote)
            {
                break;
            }

            FoldQuoted(leadingBlanks);
        }

        Advance();
        return new Token(TokenKind.Scalar, start, Here, scalar.ToString());
    }

    /// <summary>Reads up to a blank, a break or the quote; true where an escaped line break ended it.</summary>
    private bool ScanQuotedWord(bool single, Mark start)
    {
        while (!IsBlankOrEnd(text, pos))
        {
            var c = Current;
            if (single && c == '\'')
            {
                if (At(text, pos + 1) != '\'')
                {
                    return false;
                }

                scalar.Append('\'');
                Advance();
                Advance();
            }
            else if (!single && c == '"')
            {
                return false;
            }
            else if (!single && c == '\\')
            {
                if (IsBreak(text, pos + 1))
                {
                    Advance();
                    SkipBreak();
                    return true;
                }

                ScanEscape(start);
            }
            else
            {
                CopyWord();
            }
        }

        return false;
    }

    private void CopyWord()
    {
        var length = text.AsSpan(pos).IndexOfAnyExcept(InQuotes);
        length = length < 0 ? text.Length - pos : length;
        if (length > 0)
        {
            scalar.Append(text, pos, length);
            AdvanceAscii(length);
        }
        else
        {
            Copy(scalar);
        }
    }

    private void FoldQuoted(bool leadingBlanks)
    {
        var leadingBreak = "";
        while (IsBlank(Current) || IsBreak(text, pos))
        {
            if (IsBlank(Current))
            {
                if (!leadingBlanks)
                {
                    blanks.Append(Current);
                }

                Advance();
            }
            else if (!leadingBlanks)
            {
                blanks.Clear();
                leadingBreak = ReadBreak();
                leadingBlanks = true;
            }
            else
            {
                breaks.Append(ReadBreak());
            }
        }

        if (leadingBlanks)
        {
            Fold(leadingBreak);
        }
        else
        {
            scalar.Append(blanks);
            blanks.Clear();
        }
    }

    private void Fold(string leadingBreak)
    {
        if (leadingBreak.Length > 0 && leadingBreak[0] == '\n')
        {
            if (breaks.Length == 0)
            {
                scalar.Append(' ');
            }
        }
        else
        {
            scalar.Append(leadingBreak);
        }

        scalar.Append(breaks);
        breaks.Clear();
    }

    private void ScanEscape(Mark start)
    {
        var length = 0;
        switch (At(text, pos + 1))
        {
            case '0': scalar.Append('\0'); break;
            case 'a': scalar.Append('\a'); break;
            case 'b': scalar.Append('\b'); break;
            case 't' or '\t': scalar.Append('\t'); break;
            case 'n': scalar.Append('\n'); break;
            case 'v': scalar.Append('\v'); break;
            case 'f': scalar.Append('\f'); break;
            case 'r': scalar.Append('\r'); break;
            case 'e': scalar.Append('\u001b'); break;
            case ' ': scalar.Append(' '); break;
            case '"': scalar.Append('"'); break;
            case '\'': scalar.Append('\''); break;
            case '\\': scalar.Append('\\'); break;
            case 'N': scalar.Append("\u00c2\u0085"); break;
            case '_': scalar.Append("\u00c2\u00a0"); break;
            case 'L': scalar.Append("\u00e2\u0080\u00a8"); break;
            case 'P': scalar.Append("\u00e2\u0080\u00a9"); break;
            case 'x': length = 2; break;
            case 'u': length = 4; break;
            case 'U': length = 8; break;
            default: throw Error("found unknown escape character", start);
        }

        Advance();
        Advance();
        if (length == 0)
        {
            return;
        }

        long value = 0;
        for (var k = 0; k < length; k++)
        {
            if (!char.IsAsciiHexDigit(At(text, pos + k)))
            {
                throw Error("did not find expected hexdecimal number", start);
            }

            value = (value << 4) + Convert.ToInt32(text[pos + k].ToString(), 16);
        }

        if (value is >= 0xd800 and <= 0xdfff or > 0x10ffff)
        {
            throw Error("found invalid Unicode character escape code", start);
        }

        scalar.Append(Go.GoString.FromText(char.ConvertFromUtf32((int)value)));
        for (var k = 0; k < length; k++)
        {
            Advance();
        }
    }

    private Token ScanPlain()
    {
        var start = Here;
        var end = start;
        var minimum = indent + 1;
        var leadingBlanks = false;
        var leadingBreak = "";

        // What was read stands in the text from here to there, unless lines had to be folded.
        var (from, to, folded) = (pos, pos, false);
        breaks.Clear();
        while (true)
        {
            if ((column == 0 && (IsDocumentMark('-') || IsDocumentMark('.'))) || Current == '#')
            {
                break;
            }

            var word = pos;
            SkipPlainWord();
            if (pos > word)
            {
                if (leadingBlanks)
                {
                    if (!folded)
                    {
                        scalar.Clear().Append(text, from, to - from);
                        folded = true;
                    }

                    Fold(leadingBreak);
                    leadingBreak = "";
                    leadingBlanks = false;
                    to = word;
                }

                if (folded)
                {
                    scalar.Append(text, to, pos - to);
                }

                to = pos;
                end = Here;
            }

            if (!IsBlank(Current) && !IsBreak(text, pos))
            {
                break;
            }

            while (IsBlank(Current) || IsBreak(text, pos))
            {
                if (IsBlank(Current))
                {
                    if (leadingBlanks && column < minimum && Current == '\t')
                    {
                        throw Error("found a tab character that violates indentation", start);
                    }

                    AdvanceAscii();
                }
                else if (!leadingBlanks)
                {
                    leadingBreak = ReadBreak();
                    leadingBlanks = true;
                }
                else
                {
                    breaks.Append(ReadBreak());
                }
            }

            if (flow == 0 && column < minimum)
            {
                break;
            }
        }

        if (leadingBlanks)
        {
            keyAllowed = true;
        }

        return new Token(TokenKind.Scalar, start, end, folded ? scalar.ToString() : text[from..to], IsPlain: true);
    }

    /// <summary>Goes to the blank, the line break or the indicator that ends a word of a plain scalar.</summary>
    private void SkipPlainWord()
    {
        while (!IsBlankOrEnd(text, pos))
        {
            var c = text[pos];
            if ((c == ':' && IsBlankOrEnd(text, pos + 1)) || (flow > 0 && c is ',' or '?' or '[' or ']' or '{' or '}'))
            {
                return;
            }

            Advance();
        }
    }

    private void Add(Token token, int number = -1)
    {
        if (number < 0)
        {
            queue.Add(token);
        }
        else
        {
            queue.Insert(head + number - parsed, token);
        }
    }

    private void AddIndicator(TokenKind kind)
    {
        var start = Here;
        Advance();
        Add(new Token(kind, start, Here));
    }

    private void Advance()
    {
        index++;
        column++;
        pos += Width(text[pos]);
    }

    private void AdvanceAscii(int count = 1)
    {
        index += count;
        column += count;
        pos += count;
    }

    private void Copy(StringBuilder to)
    {
        var width = Width(text[pos]);
        to.Append(text, pos, width);
        index++;
        column++;
        pos += width;
    }

    private void SkipBreak() => ReadBreak();

    private string ReadBreak()
    {
        if (Current == '\0')
        {
            return "";
        }

        var crlf = Current == '\r' && At(text, pos + 1) == '\n';
        var width = crlf ? 2 : Width(Current);
        var read = width == 3 ? text.Substring(pos, 3) : "\n";
        index += crlf ? 2 : 1;
        column = 0;
        line++;
        pos += width;
        return read;
    }

    /// <summary>An error at the present position; go-yaml counts lines of scanner errors from 1, others from 0.</summary>
    private YamlException Error(string problem, Mark context)
    {
        var at = line != 0 ? line + 1 : context.Line;
        return new YamlException(at != 0 ? $"yaml: line {at}: {problem}" : $"yaml: {problem}");
    }

    private struct SimpleKey
    {
        public bool Possible { get; set; }

        /// <summary>Whether a look-up by number finds it.</summary>
        public bool IsListed { get; set; }

        public bool Required { get; init; }

        public int Token { get; init; }

        public Mark Mark { get; init; }
    }
}
