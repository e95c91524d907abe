using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NaaS.Fulfilment.Bundle;

/// <summary>
/// Finds the Services that a workload's environment, arguments and mounted configuration name: <c>db</c>, <c>db:3306</c>, <c>http://db/</c>,
/// <c>db.shop.svc.cluster.local</c>, <c>db-0.db</c>. A bare word counts only where it stands as an address, since <c>web</c> may mean anything.
/// </summary>
internal sealed partial class ServiceMentions
{
    private readonly Dictionary<(string Namespace, string Name), JsonObject> services = [];
    private readonly Dictionary<ObjectKey, JsonObject> configuration = [];

    /// <summary>Knows the Services and the configuration of a release.</summary>
    public ServiceMentions(IReadOnlyList<JsonObject> objects)
    {
        foreach (var o in objects)
        {
            var key = ObjectKey.Of(o);
            if (key is { Group: "", Kind: "Service" })
            {
                services[(key.Namespace, key.Name)] = o;
            }
            else if (key is { Group: "", Kind: "ConfigMap" or "Secret" })
            {
                configuration[key] = o;
            }
        }
    }

    /// <summary>The Services that a workload names, its own among them.</summary>
    public IReadOnlyList<(ObjectKey Key, JsonObject Object)> By(Workload workload)
    {
        if (services.Count == 0)
        {
            return [];
        }

        var texts = Texts(workload).Concat(References.In(workload.Object).Where(configuration.ContainsKey).Distinct().SelectMany(key => Data(configuration[key])));
        return
        [
            .. texts
                .SelectMany(text => In(text.Key, text.Value, workload.Key.Namespace))
                .Distinct()
                .Select(name => (new ObjectKey("", "Service", name.Namespace, name.Name), services[name])),
        ];
    }

    private static IEnumerable<KeyValuePair<string, string>> Texts(Workload workload) =>
        workload.Containers.SelectMany(container =>
            container.Maps("env").Select(variable => KeyValuePair.Create(variable.Text("name"), variable.Text("value")))
                .Concat(Arguments([.. container.Texts("command"), .. container.Texts("args")])));

    /// <summary>An argument's key is what stands before its <c>=</c>, or the option before it.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Arguments(IReadOnlyList<string> arguments) =>
        arguments.Select((argument, index) => OptionWithValue().Match(argument) is { Success: true } option
            ? KeyValuePair.Create(option.Groups[1].Value, option.Groups[2].Value)
            : KeyValuePair.Create(index > 0 && arguments[index - 1].StartsWith('-') ? arguments[index - 1] : "command", argument));

    private static IEnumerable<KeyValuePair<string, string>> Data(JsonObject holder) =>
    [
        .. holder.Pairs("stringData"),
        .. holder.Pairs("data").Select(entry => holder.Text("kind") == "Secret" ? KeyValuePair.Create(entry.Key, Decoded(entry.Value)) : entry),
    ];

    private static string Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }

    private IEnumerable<(string Namespace, string Name)> In(string key, string text, string @namespace) =>
        HostToken().Matches(text)
            .Select(token => Service(token, key, text, @namespace))
            .OfType<(string, string)>();

    private (string, string)? Service(Match token, string key, string text, string @namespace)
    {
        var labels = token.Value.Split('.');
        foreach (var candidate in Candidates(labels, @namespace).Where(services.ContainsKey))
        {
            if (labels.Length > 1 || StandsAsAddress(token, key, text))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary><c>name</c>, <c>name.namespace...</c>, <c>pod.name</c>, <c>pod.name.namespace...</c>.</summary>
    private static IEnumerable<(string, string)> Candidates(string[] labels, string @namespace)
    {
        if (labels.Length == 1)
        {
            yield return (@namespace, labels[0]);
            yield break;
        }

        if (labels.Length == 2 || labels[2] == "svc")
        {
            yield return (labels[1], labels[0]);
        }

        if (labels.Length == 2)
        {
            yield return (@namespace, labels[1]);
        }

        if (labels.Length == 3 || (labels.Length > 3 && labels[3] == "svc"))
        {
            yield return (labels[2], labels[1]);
        }
    }

    private static bool StandsAsAddress(Match token, string key, string text)
    {
        var before = text.AsSpan(0, token.Index);
        var after = text.AsSpan(token.Index + token.Length);
        if (before.EndsWith("//") || before.EndsWith("@") || (after.Length > 1 && after[0] == ':' && char.IsAsciiDigit(after[1])))
        {
            return true;
        }

        if (text.AsSpan().Trim().Length == token.Length)
        {
            return AddressKey().IsMatch(key) || !OtherKey().IsMatch(key);
        }

        var start = before.LastIndexOf('\n') + 1;
        var end = after.IndexOf('\n');
        var line = text[start..(end < 0 ? text.Length : token.Index + token.Length + end)];
        return KeyAndValue().Match(line) is { Success: true } pair && pair.Groups[2].Value == token.Value && AddressKey().IsMatch(pair.Groups[1].Value);
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9_./-])[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?![A-Za-z0-9_])|(?<=//|\)\.)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?![A-Za-z0-9_])")]
    private static partial Regex HostToken();

    [GeneratedRegex("^(-{0,2}[A-Za-z0-9_.-]+)=(.*)$", RegexOptions.Singleline)]
    private static partial Regex OptionWithValue();

    [GeneratedRegex(@"^\s*[""']?([A-Za-z0-9_.\-\[\]$']+)[""']?\s*[:=\s]>?\s*[""']?([a-z0-9.-]+)[""']?\s*[,;]?\s*$")]
    private static partial Regex KeyAndValue();

    [GeneratedRegex("host|server|addr|url|uri|endpoint|service|upstream|backend|proxy|peer|broker|target|master|leader|primary|seed|bootstrap|remote", RegexOptions.IgnoreCase)]
    private static partial Regex AddressKey();

    [GeneratedRegex("(name|user|username|password|database|db|namespace|release|app|component|cluster|id|type|mode|label|command|realm|bucket|role|engine)$", RegexOptions.IgnoreCase)]
    private static partial Regex OtherKey();
}
