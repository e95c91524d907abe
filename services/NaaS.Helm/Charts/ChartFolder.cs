using NaaS.Helm.Go;
using NaaS.Helm.Rendering;

namespace NaaS.Helm.Charts;

/// <summary>Reads the files of a chart folder into memory, in path order.</summary>
internal static class ChartFolder
{
    public static List<RenderFile> Read(string folder, ChartBudget budget, string? root)
    {
        var top = Path.GetFullPath(folder);
        if (!Directory.Exists(top))
        {
            throw new ChartException($"path \"{folder}\" not found");
        }

        var walk = new Walk(top, budget, root is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)));
        walk.Enter(top, "", 0);
        return walk.Files;
    }

    private sealed class Walk
    {
        private const int MaxDepth = 64;
        private readonly HelmIgnore ignore;
        private readonly ChartBudget budget;
        private readonly string? root;

        public Walk(string top, ChartBudget budget, string? root)
        {
            this.budget = budget;
            this.root = root;
            var rules = Path.Combine(top, ".helmignore");
            ignore = HelmIgnore.Parse(File.Exists(rules) ? File.ReadAllText(Allowed(rules)) : "");
        }

        public List<RenderFile> Files { get; } = [];

        public void Enter(string folder, string relative, int depth)
        {
            if (depth > MaxDepth)
            {
                throw new ChartTooLargeException($"chart folders are nested deeper than {MaxDepth}");
            }

            var entries = new DirectoryInfo(Allowed(folder)).GetFileSystemInfos();
            foreach (var entry in entries.OrderBy(e => GoString.FromText(e.Name), StringComparer.Ordinal))
            {
                var name = relative.Length == 0 ? entry.Name : relative + "/" + entry.Name;
                var isFolder = Directory.Exists(entry.FullName);
                if (ignore.Ignores(name, isFolder))
                {
                    continue;
                }

                if (isFolder)
                {
                    Enter(entry.FullName, name, depth + 1);
                }
                else
                {
                    Add(entry.FullName, name);
                }
            }
        }

        private void Add(string path, string name)
        {
            var file = new FileInfo(Allowed(path));
            budget.SpendFile(file.Name, file.Length);
            budget.SpendBytes(file.Length);

            // Pipes and devices have no length: they are not opened, since reading them could wait or never end.
            var content = file.Length == 0 ? [] : File.ReadAllBytes(file.FullName);
            Files.Add(ChartArchive.FileOf(GoString.FromText(name), content, budget));
        }

        /// <summary>The real path behind symbolic links, refused where it lies outside the allowed root.</summary>
        private string Allowed(string path)
        {
            FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            var real = info.LinkTarget is null ? info.FullName : info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? info.FullName;
            var inside = root is null || real == root || real.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
            return inside ? real : throw new ChartException($"symbolic link {path} leads out of {root}");
        }
    }
}
