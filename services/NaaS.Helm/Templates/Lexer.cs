using NaaS.Helm.Go;

namespace NaaS.Helm.Templates;

/// <summary>Cuts a template into tokens on demand, as Go's text/template/parse does.</summary>
internal sealed class Lexer(string input)
{
    private const int Eof = -1;
    private const string TrimmedSpace = " \t\r\n";
    private string input = input;
    private int pos;
    private int start;
    private int width;
    private int parenDepth;
    private int line = 1;
    private int startLine = 1;
    private bool insideAction;

    /// <summary>The next token; after an error only the end follows.</summary>
    public Token Next()
    {
        while (true)
        {
            Token? token = insideAction ? InsideAction() : Text();
            if (token is { } found)
            {
                return found;
            }
        }
    }

    private int Advance()
    {
        if (pos >= input.Length)
        {
            width = 0;
            return Eof;
        }
        int rune = input[pos];
        if (rune < 0x80)
        {
            width = 1;
        }
        else
        {
            rune = Utf8.Decode(input, pos, out width);
        }
        pos += width;
        if (rune == '\n')
        {
            line++;
        }
        return rune;
    }

    private void Backup()
    {
        pos -= width;
        if (width == 1 && input[pos] == '\n')
        {
            line--;
        }
    }

    private int Peek()
    {
        int rune = Advance();
        Backup();
        return rune;
    }

    private Token Take(TokenKind kind)
    {
        var token = new Token(kind, start, pos - start, TextOf(kind), startLine);
        start = pos;
        startLine = line;
        return token;
    }

    private string TextOf(TokenKind kind)
    {
        var text = input.AsSpan(start, pos - start);
        return kind switch
        {
            TokenKind.Text => "",
            TokenKind.LeftDelim => "{{",
            TokenKind.RightDelim => "}}",
            TokenKind.Space when text.Length == 1 && text[0] == ' ' => " ",
            _ => Words.Of(text),
        };
    }

    private void Ignore()
    {
        line += Lines(start, pos);
        start = pos;
        startLine = line;
    }

    private int Lines(int from, int to) => input.AsSpan(from, to - from).Count('\n');

    private Token Error(string message)
    {
        var token = new Token(TokenKind.Error, start, 0, message, startLine);
        start = pos = 0;
        input = "";
        return token;
    }

    private bool At(string text, int offset = 0) => pos + offset <= input.Length && input.AsSpan(pos + offset).StartsWith(text);

    private bool LeftTrimMarker(int at) => at + 1 < input.Length && input[at] == '-' && IsSpace(input[at + 1]);

    private bool RightTrimMarker(int at) => at + 1 < input.Length && IsSpace(input[at]) && input[at + 1] == '-';

    private Token? Text()
    {
        int delim = input.IndexOf("{{", pos, StringComparison.Ordinal);
        if (delim < 0)
        {
            pos = input.Length;
            if (pos > start)
            {
                line += Lines(start, pos);
                return Take(TokenKind.Text);
            }
            return Take(TokenKind.Eof);
        }
        if (delim > pos)
        {
            pos = delim;
            int trimmed = 0;
            if (LeftTrimMarker(delim + 2))
            {
                trimmed = pos - start - input.AsSpan(start, pos - start).TrimEnd(TrimmedSpace).Length;
            }
            pos -= trimmed;
            line += Lines(start, pos);
            var text = Take(TokenKind.Text);
            pos += trimmed;
            Ignore();
            if (text.Length > 0)
            {
                return text;
            }
        }
        return LeftDelim();
    }

    private Token? LeftDelim()
    {
        pos += 2;
        int marker = LeftTrimMarker(pos) ? 2 : 0;
        if (At("/*", marker))
        {
            pos += marker;
            Ignore();
            return Comment();
        }
        var token = Take(TokenKind.LeftDelim);
        insideAction = true;
        pos += marker;
        Ignore();
        parenDepth = 0;
        return token;
    }

    private Token? Comment()
    {
        int close = pos + 2 > input.Length ? -1 : input.IndexOf("*/", pos + 2, StringComparison.Ordinal);
        if (close < 0)
        {
            return Error("unclosed comment");
        }
        pos = close + 2;
        if (!AtRightDelim(out bool trim))
        {
            return Error("comment ends before closing delimiter");
        }
        pos += trim ? 4 : 2;
        if (trim)
        {
            SkipTrimmed();
        }
        Ignore();
        return null;
    }

    private void SkipTrimmed()
    {
        while (pos < input.Length && TrimmedSpace.Contains(input[pos]))
        {
            pos++;
        }
    }

    private bool AtRightDelim(out bool trim)
    {
        trim = false;
        if (pos + 1 >= input.Length)
        {
            return false;
        }
        if (input[pos] == '}')
        {
            return input[pos + 1] == '}';
        }
        return trim = input[pos + 1] == '-' && IsSpace(input[pos]) && At("}}", 2);
    }

    private Token RightDelim()
    {
        AtRightDelim(out bool trim);
        if (trim)
        {
            pos += 2;
            Ignore();
        }
        pos += 2;
        var token = Take(TokenKind.RightDelim);
        if (trim)
        {
            SkipTrimmed();
            Ignore();
        }
        insideAction = false;
        return token;
    }

    private Token? InsideAction()
    {
        if (AtRightDelim(out _))
        {
            return parenDepth == 0 ? RightDelim() : Error("unclosed left paren");
        }
        int rune = Advance();
        switch (rune)
        {
            case Eof:
                return Error("unclosed action");
            case ' ' or '\t' or '\r' or '\n':
                Backup();
                return Space();
            case '=':
                return Take(TokenKind.Assign);
            case ':':
                return Advance() == '=' ? Take(TokenKind.Declare) : Error("expected :=");
            case '|':
                return Take(TokenKind.Pipe);
            case '"':
                return Quoted('"', TokenKind.String, "unterminated quoted string");
            case '`':
                return RawQuoted();
            case '$':
                return AtTerminator() ? Take(TokenKind.Variable) : FieldOrVariable(TokenKind.Variable);
            case '\'':
                return Quoted('\'', TokenKind.CharConstant, "unterminated character constant");
            case '.' when pos < input.Length && input[pos] is < '0' or > '9':
                return AtTerminator() ? Take(TokenKind.Dot) : FieldOrVariable(TokenKind.Field);
            case '.' or '+' or '-' or (>= '0' and <= '9'):
                Backup();
                return Number();
            case '(':
                parenDepth++;
                return Take(TokenKind.LeftParen);
            case ')':
                parenDepth--;
                return parenDepth < 0 ? Error("unexpected right paren") : Take(TokenKind.RightParen);
        }
        if (IsAlphaNumeric(rune))
        {
            Backup();
            return Identifier();
        }
        return rune < 0x80 && GoUnicode.IsPrint(rune)
            ? Take(TokenKind.Char)
            : Error(GoFormat.Sprintf("unrecognized character in action: %#U", (nint)rune));
    }

    private Token Space()
    {
        int spaces = 0;
        while (pos < input.Length && IsSpace(input[pos]))
        {
            Advance();
            spaces++;
        }
        // A trim-marked closing delimiter begins with the last space.
        if (RightTrimMarker(pos - 1) && At("}}", 1))
        {
            Backup();
            if (spaces == 1)
            {
                return RightDelim();
            }
        }
        return Take(TokenKind.Space);
    }

    private Token Identifier()
    {
        int rune = SkipAlphaNumeric();
        if (!AtTerminator())
        {
            return Error(GoFormat.Sprintf("bad character %#U", (nint)rune));
        }
        return Take(input.AsSpan(start, pos - start) switch
        {
            "block" => TokenKind.Block,
            "break" => TokenKind.Break,
            "continue" => TokenKind.Continue,
            "define" => TokenKind.Define,
            "else" => TokenKind.Else,
            "end" => TokenKind.End,
            "if" => TokenKind.If,
            "range" => TokenKind.Range,
            "nil" => TokenKind.Nil,
            "template" => TokenKind.Template,
            "with" => TokenKind.With,
            "true" or "false" => TokenKind.Bool,
            _ => TokenKind.Identifier,
        });
    }

    private Token FieldOrVariable(TokenKind kind)
    {
        int rune = SkipAlphaNumeric();
        return AtTerminator() ? Take(kind) : Error(GoFormat.Sprintf("bad character %#U", (nint)rune));
    }

    /// <summary>Goes to the end of a word and tells the rune that ends it.</summary>
    private int SkipAlphaNumeric()
    {
        while (pos < input.Length && (char.IsAsciiLetterOrDigit(input[pos]) || input[pos] == '_'))
        {
            pos++;
        }
        int rune;
        do
        {
            rune = Advance();
        }
        while (IsAlphaNumeric(rune));
        Backup();
        return rune;
    }

    private bool AtTerminator()
    {
        return pos >= input.Length || input[pos] is ' ' or '\t' or '\r' or '\n' or '.' or ',' or '|' or ':' or ')' or '(' || At("}}");
    }

    private Token Quoted(char quote, TokenKind kind, string unterminated)
    {
        while (true)
        {
            int rune = Advance();
            if (rune == quote)
            {
                return Take(kind);
            }
            if (rune == '\\')
            {
                rune = Advance();
                if (rune is not (Eof or '\n'))
                {
                    continue;
                }
            }
            if (rune is Eof or '\n')
            {
                return Error(unterminated);
            }
        }
    }

    private Token RawQuoted()
    {
        while (true)
        {
            switch (Advance())
            {
                case Eof: return Error("unterminated raw quoted string");
                case '`': return Take(TokenKind.RawString);
            }
        }
    }

    private Token Number()
    {
        if (!ScanNumber())
        {
            return Error("bad number syntax: " + GoQuote.Quote(input[start..pos]));
        }
        if (Peek() is not ('+' or '-'))
        {
            return Take(TokenKind.Number);
        }
        return ScanNumber() && input[pos - 1] == 'i' ? Take(TokenKind.Complex) : Error("bad number syntax: " + GoQuote.Quote(input[start..pos]));
    }

    private bool ScanNumber()
    {
        Accept("+-");
        string digits = "0123456789_";
        if (Accept("0"))
        {
            digits = Accept("xX") ? "0123456789abcdefABCDEF_" : Accept("oO") ? "01234567_" : Accept("bB") ? "01_" : digits;
        }
        AcceptRun(digits);
        if (Accept("."))
        {
            AcceptRun(digits);
        }
        if ((digits.Length == 11 && Accept("eE")) || (digits.Length == 23 && Accept("pP")))
        {
            Accept("+-");
            AcceptRun("0123456789_");
        }
        Accept("i");
        if (IsAlphaNumeric(Peek()))
        {
            Advance();
            return false;
        }
        return true;
    }

    private bool Accept(string valid)
    {
        int rune = Advance();
        if (rune is >= 0 and < 0x80 && valid.Contains((char)rune))
        {
            return true;
        }
        Backup();
        return false;
    }

    private void AcceptRun(string valid)
    {
        while (Accept(valid))
        {
        }
    }

    private static bool IsSpace(int rune) => rune is ' ' or '\t' or '\r' or '\n';

    private static bool IsAlphaNumeric(int rune) => rune == '_' || (rune < 0x80
        ? rune is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')
        : GoUnicode.IsLetter(rune) || GoUnicode.IsDigit(rune));
}
