using System.Text;

namespace NaaS.Standalone.Template;

/// <summary>Writes a release into files, one for each template, as <c>--output-dir</c> does.</summary>
internal static class OutputFolder
{
    private const string Start = "---\n# Source: ";

    /// <summary>Writes the files and says so on the standard output.</summary>
    /// <param name="folder">Folder; made where it is missing.</param>
    /// <param name="release">What the command would otherwise print, one char a byte.</param>
    /// <param name="output">Standard output.</param>
    public static void Write(string folder, string release, Stream output)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in Sections(release))
        {
            var name = section[Start.Length..section.IndexOf('\n', Start.Length)];
            var path = folder + "/" + name;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var file = new FileStream(path, written.Add(name) ? FileMode.Create : FileMode.Append))
            {
                file.Write(Encoding.Latin1.GetBytes(section));
            }

            output.Write(Encoding.UTF8.GetBytes($"wrote {path}\n"));
        }

        output.Write("\n"u8);
    }

    private static IEnumerable<string> Sections(string release)
    {
        for (var start = release.StartsWith(Start, StringComparison.Ordinal) ? 0 : Next(release, 0); start >= 0;)
        {
            var next = Next(release, start);
            yield return next < 0 ? release[start..] : release[start..next];
            start = next;
        }
    }

    private static int Next(string release, int from)
    {
        var found = release.IndexOf("\n" + Start, from, StringComparison.Ordinal);
        return found < 0 ? -1 : found + 1;
    }
}
