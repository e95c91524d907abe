using System.CommandLine;
using System.CommandLine.Parsing;

namespace NaaS.Standalone.Serving;

/// <summary>Options that take one http or https address.</summary>
internal static class AddressOption
{
    /// <summary>An option of that name; where it is not given, <paramref name="byDefault"/> or nothing.</summary>
    public static Option<Uri?> Create(string name, string description, Uri? byDefault = null) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => byDefault,
        CustomParser = argument => Read(name, argument),
    };

    private static Uri? Read(string name, ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        argument.AddError($"{name} takes one address such as http://127.0.0.1:8080, not '{text}'.");
        return null;
    }
}
