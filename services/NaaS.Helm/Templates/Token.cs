using NaaS.Helm.Go;

namespace NaaS.Helm.Templates;

/// <summary>Kinds of tokens; keywords come last.</summary>
internal enum TokenKind
{
    Error, Bool, Char, CharConstant, Complex, Assign, Declare, Eof, Field, Identifier, LeftDelim, LeftParen, Number, Pipe,
    RawString, RightDelim, RightParen, Space, String, Text, Variable,
    Keyword, Block, Break, Continue, Dot, Define, Else, End, If, Nil, Range, Template, With,
}

/// <summary>A token: its kind, where it begins, its text and line.</summary>
internal readonly record struct Token(TokenKind Kind, int Position, string Text, int Line)
{
    /// <summary>How Go names it in an error.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.Eof => "EOF",
        TokenKind.Error => Text,
        > TokenKind.Keyword => $"<{Text}>",
        _ when Text.Length > 10 => GoFormat.Sprintf("%.10q...", Text),
        _ => GoQuote.Quote(Text),
    };
}
