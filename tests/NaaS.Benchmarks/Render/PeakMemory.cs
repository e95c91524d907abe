using System.Diagnostics;

namespace NaaS.Benchmarks.Render;

/// <summary>The most memory that this process has held.</summary>
internal static class PeakMemory
{
    public static long Megabytes
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return self.PeakWorkingSet64 / 1048576;
        }
    }
}
