using System.Security.Cryptography;

namespace NaaS.Helm.Sources;

/// <summary>Packed charts on disk, named by their SHA-256. What does not match its name any more is dropped.</summary>
/// <param name="folder">The folder; null keeps nothing.</param>
/// <param name="maxBytes">Most bytes kept.</param>
internal sealed class ArchiveCache(string? folder, long maxBytes)
{
    /// <summary>SHA-256 of an archive, in lower-case hexadecimal.</summary>
    public static string DigestOf(ReadOnlySpan<byte> archive) => Convert.ToHexStringLower(SHA256.HashData(archive));

    /// <summary>The archive with this digest, or null where it is not kept.</summary>
    public async Task<byte[]?> FindAsync(string digest, CancellationToken ct)
    {
        if (folder is null || !File.Exists(PathOf(digest)))
        {
            return null;
        }

        try
        {
            var archive = await File.ReadAllBytesAsync(PathOf(digest), ct);
            if (DigestOf(archive) == digest)
            {
                File.SetLastAccessTimeUtc(PathOf(digest), DateTime.UtcNow);
                return archive;
            }

            File.Delete(PathOf(digest));
            return null;
        }
        catch (FileNotFoundException)
        {
            // Another process made room meanwhile.
            return null;
        }
    }

    /// <summary>Keeps an archive; a reader never sees half of one.</summary>
    public async Task KeepAsync(string digest, byte[] archive, CancellationToken ct)
    {
        if (folder is null || File.Exists(PathOf(digest)))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var part = Path.Combine(folder, $"{digest}.{Guid.NewGuid():N}.part");
        try
        {
            await File.WriteAllBytesAsync(part, archive, ct);
            File.Move(part, PathOf(digest), overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }

        MakeRoom();
    }

    private string PathOf(string digest) => Path.Combine(folder!, digest + ".tgz");

    private void MakeRoom()
    {
        var kept = new DirectoryInfo(folder!).GetFiles("*.tgz").OrderByDescending(f => f.LastAccessTimeUtc).ToList();
        long total = 0;
        foreach (var file in kept)
        {
            total += file.Length;
            if (total > maxBytes)
            {
                file.Delete();
            }
        }
    }
}
