using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using NaaS.Helm.Charts;
using NaaS.Helm.Versions;

namespace NaaS.Helm.Sources;

/// <summary>Reads charts from OCI registries: tags, manifests, layers, with basic and bearer-token authentication.</summary>
internal sealed class RegistryClient(ChartSourceOptions options, LocationPolicy policy, Downloads downloads)
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string IndexType = "application/vnd.oci.image.index.v1+json";
    private const string ConfigType = "application/vnd.cncf.helm.config.v1+json";
    private const int MaxManifestBytes = 4 * 1024 * 1024;
    private const int MaxTagPages = 100;

    /// <summary>Versions in a registry, newest first: tags that are strict versions, with <c>_</c> read as <c>+</c>.</summary>
    public async Task<IReadOnlyList<string>> VersionsAsync(RegistryReference reference, CancellationToken ct)
    {
        policy.Require(reference.Url);
        var tags = new List<string>();
        Uri? page = Endpoint(reference, "tags/list?n=1000");
        for (var pages = 0; page is not null && pages < MaxTagPages; pages++)
        {
            using var timeout = downloads.Within(ct);
            using var response = await AuthorisedAsync(reference, page, ["application/json"], timeout.Token, ct);
            await RequireFoundAsync(response, reference, page);
            var body = await Downloads.ReadAsync(response, page, MaxManifestBytes, timeout.Token, ct);
            tags.AddRange(ReadTags(body, reference));
            page = NextPage(response, page);
        }

        return [.. VersionChoice.NewestFirst(tags.Select(t => t.Replace('_', '+')).Where(SemanticVersion.IsStrict).Distinct(), t => t)];
    }

    /// <summary>Where the archive of a chart is: its digest, from the manifest of the version that fits.</summary>
    public async Task<RegistryLayer> ResolveAsync(RegistryReference reference, string? version, CancellationToken ct)
    {
        policy.Require(reference.Url);
        var target = await TargetAsync(reference, version, ct);
        var (manifest, digest) = await ManifestAsync(reference, target, ct);
        if (reference.Digest is not null && digest != reference.Digest)
        {
            throw new ChartCorruptException($"{reference.Url} at {target} has digest {digest}, not the wanted {reference.Digest}");
        }

        using (manifest)
        {
            if (manifest.RootElement.TryGetProperty("manifests", out var children))
            {
                var child = children.EnumerateArray().Select(c => c.GetProperty("digest").GetString()).FirstOrDefault(c => c is not null && RegistryReference.IsDigest(c))
                    ?? throw NoChart(reference, "its index lists no manifest");
                (var inner, digest) = await ManifestAsync(reference, child, ct);
                using (inner)
                {
                    return new RegistryLayer(LayerOf(inner.RootElement, reference), Pulled(reference, target, digest));
                }
            }

            return new RegistryLayer(LayerOf(manifest.RootElement, reference), Pulled(reference, target, digest));
        }
    }

    /// <summary>Downloads a layer and checks its digest.</summary>
    public async Task<byte[]> LayerAsync(RegistryReference reference, RegistryLayer layer, CancellationToken ct)
    {
        var url = Endpoint(reference, "blobs/" + layer.Digest);
        using var timeout = downloads.Within(ct);
        using var response = await AuthorisedAsync(reference, url, ["application/octet-stream"], timeout.Token, ct);
        await RequireFoundAsync(response, reference, url);
        var archive = await Downloads.ReadAsync(response, url, options.ArchiveBytes, timeout.Token, ct);
        var digest = "sha256:" + ArchiveCache.DigestOf(archive);
        return digest == layer.Digest
            ? archive
            : throw new ChartCorruptException($"the layer of {reference.Url} has digest {digest}, its manifest says {layer.Digest}");
    }

    private static PulledManifest Pulled(RegistryReference reference, string target, string digest) =>
        new($"{reference.Authority}/{reference.Name}{(RegistryReference.IsDigest(target) ? '@' : ':')}{target}", digest);

    private async Task<string> TargetAsync(RegistryReference reference, string? version, CancellationToken ct)
    {
        if (reference.Tag is not null && !string.IsNullOrEmpty(version) && version != reference.Tag)
        {
            throw new HelmException($"chart reference and version mismatch: {version} is not {reference.Tag}");
        }

        if (SemanticVersion.TryParse(version, out _))
        {
            return version!.Replace('+', '_');
        }

        if (string.IsNullOrEmpty(version) && (reference.Tag ?? reference.Digest) is { } given)
        {
            return given;
        }

        VersionChoice.Range(version);
        var versions = await VersionsAsync(reference, ct);
        var chosen = VersionChoice.Choose(versions, version, v => v)
            ?? throw VersionChoice.NotFound(reference.Name, reference.Url.ToString(), version, versions);
        return chosen.Replace('+', '_');
    }

    private async Task<(JsonDocument Manifest, string Digest)> ManifestAsync(RegistryReference reference, string target, CancellationToken ct)
    {
        var url = Endpoint(reference, "manifests/" + target);
        using var timeout = downloads.Within(ct);
        using var response = await AuthorisedAsync(reference, url, [ManifestType, IndexType], timeout.Token, ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw await MissingAsync(reference, target, ct);
        }

        await RequireFoundAsync(response, reference, url);
        var body = await Downloads.ReadAsync(response, url, MaxManifestBytes, timeout.Token, ct);
        var digest = "sha256:" + ArchiveCache.DigestOf(body);
        if (RegistryReference.IsDigest(target) && digest != target)
        {
            throw new ChartCorruptException($"the manifest of {reference.Url} has digest {digest}, not the wanted {target}");
        }

        return (ParseJson(body, reference), digest);
    }

    private async Task<ChartNotFoundException> MissingAsync(RegistryReference reference, string target, CancellationToken ct)
    {
        try
        {
            return VersionChoice.NotFound(reference.Name, reference.Url.ToString(), target.Replace('_', '+'), await VersionsAsync(reference, ct));
        }
        catch (ChartSourceException)
        {
            // Not every registry lists tags; the version is missing all the same.
            return new ChartNotFoundException($"there is no {reference.Url} with version {target.Replace('_', '+')}", []);
        }
    }

    private static string LayerOf(JsonElement manifest, RegistryReference reference)
    {
        if (!(manifest.TryGetProperty("config", out var config) && Text(config, "mediaType") == ConfigType))
        {
            throw NoChart(reference, "its manifest does not contain a layer with mediatype " + ConfigType);
        }

        var layers = manifest.TryGetProperty("layers", out var all) ? all.EnumerateArray().ToList() : [];
        var layer = layers.Find(l => Text(l, "mediaType") is "application/vnd.cncf.helm.chart.content.v1.tar+gzip" or "application/tar+gzip");
        return Text(layer, "digest") is { } digest && RegistryReference.IsDigest(digest)
            ? digest
            : throw NoChart(reference, "its manifest does not contain a layer with a chart's archive and SHA-256 digest");
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ChartCorruptException NoChart(RegistryReference reference, string why) => new($"{reference.Url} is no Helm chart: {why}");

    private static JsonDocument ParseJson(byte[] body, RegistryReference reference)
    {
        try
        {
            var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw NoChart(reference, "its manifest is no JSON object");
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new ChartCorruptException($"{reference.Url}: the registry's answer is no JSON", e);
        }
    }

    private static List<string> ReadTags(byte[] body, RegistryReference reference)
    {
        using var document = ParseJson(body, reference);
        return document.RootElement.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array
            ? [.. tags.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)]
            : [];
    }

    private static Uri? NextPage(HttpResponseMessage response, Uri page)
    {
        // Link: </v2/name/tags/list?n=1000&last=x>; rel="next"
        var link = response.Headers.TryGetValues("Link", out var links) ? links.FirstOrDefault(l => l.Contains("rel=\"next\"", StringComparison.Ordinal)) : null;
        var (from, to) = (link?.IndexOf('<', StringComparison.Ordinal) ?? -1, link?.IndexOf('>', StringComparison.Ordinal) ?? -1);
        return from >= 0 && to > from ? new Uri(page, link![(from + 1)..to]) : null;
    }

    private Uri Endpoint(RegistryReference reference, string tail)
    {
        var authority = reference.Authority == "docker.io" ? "registry-1.docker.io" : reference.Authority;
        var plain = options.AllowLoopback && LocationPolicy.IsLoopbackHost(reference.Url.Host);
        return new Uri($"{(plain ? "http" : "https")}://{authority}/v2/{reference.Name}/{tail}");
    }

    private static Task RequireFoundAsync(HttpResponseMessage response, RegistryReference reference, Uri url) => response.StatusCode == HttpStatusCode.NotFound
        ? throw new ChartNotFoundException($"there is no chart at {reference.Url}", [])
        : Downloads.RequireSuccessAsync(response, url);

    /// <summary>Asks without credentials first and answers the challenge once, as registries expect.</summary>
    private async Task<HttpResponseMessage> AuthorisedAsync(
        RegistryReference reference, Uri url, IReadOnlyList<string> accept, CancellationToken bounded, CancellationToken ct)
    {
        var response = await downloads.SendAsync(url, null, accept, bounded, ct);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        var challenges = response.Headers.WwwAuthenticate.ToList();
        response.Dispose();
        var basic = downloads.BasicFor(new Uri("https://" + reference.Authority));
        var bearer = challenges.Find(c => c.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase));
        var authorization = bearer is null ? basic : await TokenAsync(reference, bearer, basic, bounded, ct);
        return authorization is null
            ? throw new ChartUnauthorizedException($"{reference.Url} wants credentials and none are configured for {reference.Authority}")
            : await downloads.SendAsync(url, authorization, accept, bounded, ct);
    }

    private async Task<AuthenticationHeaderValue> TokenAsync(
        RegistryReference reference, AuthenticationHeaderValue challenge, AuthenticationHeaderValue? basic, CancellationToken bounded, CancellationToken ct)
    {
        var parameters = ChallengeParameters(challenge.Parameter ?? "");
        if (!(parameters.TryGetValue("realm", out var realm) && Uri.TryCreate(realm, UriKind.Absolute, out var service)))
        {
            throw new ChartUnauthorizedException($"{reference.Url} wants a token but does not say from where");
        }

        var scope = parameters.GetValueOrDefault("scope", $"repository:{reference.Name}:pull");
        var query = $"service={Uri.EscapeDataString(parameters.GetValueOrDefault("service", reference.Authority))}&scope={Uri.EscapeDataString(scope)}";
        var url = new Uri(service + (service.Query.Length > 0 ? "&" : "?") + query);
        using var response = await downloads.SendAsync(url, basic, ["application/json"], bounded, ct);
        await Downloads.RequireSuccessAsync(response, url);
        using var body = ParseJson(await Downloads.ReadAsync(response, url, MaxManifestBytes, bounded, ct), reference);
        var token = Text(body.RootElement, "token") ?? Text(body.RootElement, "access_token");
        return token is null
            ? throw new ChartUnauthorizedException($"{Downloads.Shown(url)} gave no token")
            : new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Reads <c>realm="...",service="...",scope="..."</c>.</summary>
    private static Dictionary<string, string> ChallengeParameters(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var pos = 0; pos < text.Length;)
        {
            var equals = text.IndexOf('=', pos);
            if (equals < 0)
            {
                break;
            }

            var name = text[pos..equals].Trim(' ', ',');
            var quoted = equals + 1 < text.Length && text[equals + 1] == '"';
            var from = equals + (quoted ? 2 : 1);
            var to = text.IndexOf(quoted ? '"' : ',', Math.Min(from, text.Length));
            to = to < 0 ? text.Length : to;
            parameters[name] = text[Math.Min(from, to)..to];
            pos = to + 1;
        }

        return parameters;
    }
}

/// <summary>A chart's archive in a registry.</summary>
/// <param name="Digest"><c>sha256:...</c>.</param>
/// <param name="Pulled">The manifest that names it.</param>
internal sealed record RegistryLayer(string Digest, PulledManifest Pulled);
