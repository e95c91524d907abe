using System.Diagnostics;

namespace NaaS.Benchmarks.Render;

/// <summary>The most memory that this process has held.</summary>
internal static class PeakMemory
{
    /// <summary>Bounds the heap from now on; 0 leaves it as it is.</summary>
    public static void BoundHeap(int megabytes)
    {
        if (megabytes > 0)
        {
            AppContext.SetData("GCHeapHardLimit", (ulong)megabytes * 1048576);
            GC.RefreshMemoryLimit();
        }
    }

    public static long Megabytes
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return self.PeakWorkingSet64 / 1048576;
        }
    }
}
