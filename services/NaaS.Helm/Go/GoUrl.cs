using System.Text;

namespace NaaS.Helm.Go;

/// <summary>Go's <c>net/url.URL</c>, on byte strings.</summary>
internal sealed class GoUrl
{
    /// <summary>Where an escaped text stands.</summary>
    public enum Part
    {
        Path, Host, Zone, UserPassword, QueryComponent, Fragment,
    }

    public string Scheme { get; set; } = "";

    public string Opaque { get; set; } = "";

    public string? User { get; set; }

    public string? Password { get; set; }

    public string Host { get; set; } = "";

    public string Path { get; set; } = "";

    public string RawPath { get; set; } = "";

    public string RawQuery { get; set; } = "";

    public bool ForceQuery { get; set; }

    public string Fragment { get; set; } = "";

    public string RawFragment { get; set; } = "";

    public bool OmitHost { get; set; }

    /// <summary>Host without port and brackets.</summary>
    public string Hostname
    {
        get
        {
            int colon = Host.LastIndexOf(':');
            string host = colon >= 0 && Host.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? Host[..colon] : Host;
            return host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        }
    }

    /// <summary><c>user:password</c>, escaped; null where there is none.</summary>
    public string? UserText => User is null ? null : Escape(User, Part.UserPassword) + (Password is null ? "" : ":" + Escape(Password, Part.UserPassword));

    /// <summary>Parses a URL; null with Go's error text where it is none.</summary>
    public static GoUrl? Parse(string raw, out string? error)
    {
        int hash = raw.IndexOf('#');
        string rest = hash < 0 ? raw : raw[..hash];
        var url = new GoUrl();
        error = url.Read(rest);
        if (error is null && hash >= 0)
        {
            string fragment = raw[(hash + 1)..];
            error = Unescape(fragment, Part.Fragment, out string decoded);
            url.Fragment = decoded;
            url.RawFragment = fragment == Escape(decoded, Part.Fragment) ? "" : fragment;
        }
        if (error is null)
        {
            return url;
        }
        error = $"parse {GoQuote.Quote(raw)}: {error}";
        return null;
    }

    private string? Read(string rest)
    {
        if (rest.Any(c => c < ' ' || c == 0x7F))
        {
            return "net/url: invalid control character in URL";
        }
        if (rest == "*")
        {
            Path = "*";
            return null;
        }
        if (!TryScheme(rest, out string scheme, out rest))
        {
            return "missing protocol scheme";
        }
        Scheme = GoUnicode.ToLower(scheme);
        int question = rest.IndexOf('?');
        if (question >= 0 && question == rest.Length - 1)
        {
            ForceQuery = true;
            rest = rest[..^1];
        }
        else if (question >= 0)
        {
            (rest, RawQuery) = (rest[..question], rest[(question + 1)..]);
        }
        if (!rest.StartsWith('/'))
        {
            if (Scheme.Length > 0)
            {
                Opaque = rest;
                return null;
            }
            int slash = rest.IndexOf('/');
            if ((slash < 0 ? rest : rest[..slash]).Contains(':'))
            {
                return "first path segment in URL cannot contain colon";
            }
        }
        if ((Scheme.Length > 0 || !rest.StartsWith("///", StringComparison.Ordinal)) && rest.StartsWith("//", StringComparison.Ordinal))
        {
            int slash = rest.IndexOf('/', 2);
            string authority = slash < 0 ? rest[2..] : rest[2..slash];
            rest = slash < 0 ? "" : rest[slash..];
            if (Authority(authority) is { } wrong)
            {
                return wrong;
            }
        }
        else if (Scheme.Length > 0 && rest.StartsWith('/'))
        {
            OmitHost = true;
        }
        string? error = Unescape(rest, Part.Path, out string path);
        Path = path;
        RawPath = rest == Escape(path, Part.Path) ? "" : rest;
        return error;
    }

    private static bool TryScheme(string text, out string scheme, out string rest)
    {
        (scheme, rest) = ("", text);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsAsciiLetter(c))
            {
                continue;
            }
            if (char.IsAsciiDigit(c) || c is '+' or '-' or '.')
            {
                if (i == 0)
                {
                    return true;
                }
                continue;
            }
            if (c != ':')
            {
                return true;
            }
            if (i == 0)
            {
                return false;
            }
            (scheme, rest) = (text[..i], text[(i + 1)..]);
            return true;
        }
        return true;
    }

    private string? Authority(string authority)
    {
        int at = authority.LastIndexOf('@');
        if (ReadHost(at < 0 ? authority : authority[(at + 1)..]) is { } error)
        {
            return error;
        }
        if (at < 0)
        {
            return null;
        }
        string userinfo = authority[..at];
        if (!userinfo.All(c => char.IsAsciiLetterOrDigit(c) || "-._:~!$&'()*+,;=%@".Contains(c)))
        {
            return "net/url: invalid userinfo";
        }
        int colon = userinfo.IndexOf(':');
        error = Unescape(colon < 0 ? userinfo : userinfo[..colon], Part.UserPassword, out string user);
        User = user;
        if (error is null && colon >= 0)
        {
            error = Unescape(userinfo[(colon + 1)..], Part.UserPassword, out string password);
            Password = password;
        }
        return error;
    }

    private string? ReadHost(string host)
    {
        string? error;
        if (host.StartsWith('['))
        {
            int close = host.LastIndexOf(']');
            if (close < 0)
            {
                return "missing ']' in host";
            }
            string port = host[(close + 1)..];
            if (!ValidPort(port))
            {
                return $"invalid port {GoQuote.Quote(port)} after host";
            }
            error = Unescape(host, Part.Host, out host);
            Host = host;
            return error;
        }
        int colon = host.LastIndexOf(':');
        if (colon >= 0 && !ValidPort(host[colon..]))
        {
            return $"invalid port {GoQuote.Quote(host[colon..])} after host";
        }
        error = Unescape(host, Part.Host, out host);
        Host = host;
        return error;
    }

    private static bool ValidPort(string port) => port.Length == 0 || (port[0] == ':' && port.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0);

    private static bool ShouldEscape(char c, Part part)
    {
        if (char.IsAsciiLetterOrDigit(c))
        {
            return false;
        }
        if (part is Part.Host or Part.Zone && "!$&'()*+,;=:[]<>\"".Contains(c))
        {
            return false;
        }
        switch (c)
        {
            case '-' or '_' or '.' or '~':
                return false;
            case '$' or '&' or '+' or ',' or '/' or ':' or ';' or '=' or '?' or '@':
                return part switch
                {
                    Part.Path => c == '?',
                    Part.UserPassword => c is '@' or '/' or '?' or ':',
                    Part.QueryComponent => true,
                    Part.Fragment => false,
                    _ => true,
                };
        }
        return part != Part.Fragment || c is not ('!' or '(' or ')' or '*');
    }

    /// <summary>Percent-encodes a text.</summary>
    public static string Escape(string text, Part part)
    {
        var to = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c == ' ' && part == Part.QueryComponent)
            {
                to.Append('+');
            }
            else if (ShouldEscape(c, part))
            {
                to.Append('%').Append(((int)c).ToString("X2"));
            }
            else
            {
                to.Append(c);
            }
        }
        return to.ToString();
    }

    private static string? Unescape(string text, Part part, out string decoded)
    {
        decoded = "";
        var to = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                {
                    return $"invalid URL escape {GoQuote.Quote(text.Substring(i, Math.Min(3, text.Length - i)))}";
                }
                char value = (char)Convert.ToInt32(text.Substring(i + 1, 2), 16);
                if (part == Part.Host && value < 0x80 && text.Substring(i, 3) != "%25")
                {
                    return $"invalid URL escape {GoQuote.Quote(text.Substring(i, 3))}";
                }
                to.Append(value);
                i += 2;
            }
            else if (part is Part.Host or Part.Zone && c < 0x80 && ShouldEscape(c, part))
            {
                return $"invalid character {GoQuote.Quote(c.ToString())} in host name";
            }
            else
            {
                to.Append(c == '+' && part == Part.QueryComponent ? ' ' : c);
            }
        }
        decoded = to.ToString();
        return null;
    }

    public override string ToString()
    {
        var to = new StringBuilder();
        if (Scheme.Length > 0)
        {
            to.Append(Scheme).Append(':');
        }
        if (Opaque.Length > 0)
        {
            to.Append(Opaque);
        }
        else
        {
            if (Scheme.Length > 0 || Host.Length > 0 || User is not null)
            {
                if (!OmitHost || Host.Length > 0 || User is not null)
                {
                    if (Host.Length > 0 || Path.Length > 0 || User is not null)
                    {
                        to.Append("//");
                    }
                    to.Append(UserText is { } user ? user + "@" : "").Append(Escape(Host, Part.Host));
                }
            }
            string path = RawPath.Length > 0 ? RawPath : Path == "*" ? "*" : Escape(Path, Part.Path);
            if (path.Length > 0 && path[0] != '/' && Host.Length > 0)
            {
                to.Append('/');
            }
            if (to.Length == 0 && path.Split('/')[0].Contains(':'))
            {
                to.Append("./");
            }
            to.Append(path);
        }
        if (ForceQuery || RawQuery.Length > 0)
        {
            to.Append('?').Append(RawQuery);
        }
        if (Fragment.Length > 0)
        {
            to.Append('#').Append(RawFragment.Length > 0 ? RawFragment : Escape(Fragment, Part.Fragment));
        }
        return to.ToString();
    }
}
