using NaaS.Helm.Go;

namespace NaaS.Helm.Templates;

/// <summary>Kinds of tokens; keywords come last.</summary>
internal enum TokenKind : byte
{
    Error, Bool, Char, CharConstant, Complex, Assign, Declare, Eof, Field, Identifier, LeftDelim, LeftParen, Number, Pipe,
    RawString, RightDelim, RightParen, Space, String, Text, Variable,
    Keyword, Block, Break, Continue, Dot, Define, Else, End, If, Nil, Range, Template, With,
}

/// <summary>A token.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Position">Where it begins.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Text">Its text, or the message of an error; empty where it stands outside of actions, since that text is never cut out.</param>
/// <param name="Line">Its line.</param>
internal readonly record struct Token(TokenKind Kind, int Position, int Length, string Text, int Line)
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
