using NaaS.Helm;

namespace NaaS.Standalone.Template;

/// <summary>Reads what <c>-f</c> and <c>--set-file</c> name: a file, a web address, or <c>-</c> for standard input.</summary>
internal static class ValuesFile
{
    public static byte[] Read(string path)
    {
        if (path.Trim() == "-")
        {
            using var input = Console.OpenStandardInput();
            using var read = new MemoryStream();
            input.CopyTo(read);
            return read.ToArray();
        }

        if (path.StartsWith("http://", StringComparison.Ordinal) || path.StartsWith("https://", StringComparison.Ordinal))
        {
            return Download(new Uri(path));
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HelmException($"open {path}: no such file or directory", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new HelmException(Directory.Exists(path) ? $"read {path}: is a directory" : $"open {path}: permission denied", e);
        }
    }

    private static byte[] Download(Uri url)
    {
        using var http = new HttpClient();
        using var question = new HttpRequestMessage(HttpMethod.Get, url);
        try
        {
            using var answer = http.Send(question);
            using var content = new MemoryStream();
            answer.Content.CopyTo(content, null, CancellationToken.None);
            return answer.IsSuccessStatusCode
                ? content.ToArray()
                : throw new HelmException($"failed to fetch {url} : {(int)answer.StatusCode} {answer.ReasonPhrase}");
        }
        catch (HttpRequestException e)
        {
            throw new HelmException($"Get \"{url}\": {e.Message}", e);
        }
    }
}
