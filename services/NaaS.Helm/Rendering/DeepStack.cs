using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace NaaS.Helm.Rendering;

/// <summary>
/// Runs work on threads with a large stack: templates nest, and how deep they may shall be a matter of limits, not of the caller's thread.
/// Threads are kept for a while, since one that is new costs as much as rendering a small chart.
/// </summary>
internal sealed class DeepStack
{
    private const int DefaultStackBytes = 48 * 1024 * 1024;
    private const int MaxStackBytes = 1024 * 1024 * 1024;
    private const long StackBytesPerTemplate = 4096;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(20);
    private static readonly ConcurrentStack<DeepStack> Idle = new();

    // All fields below are read and written under this lock.
    private readonly object signal = new();
    private Action? work;
    private ExceptionDispatchInfo? failure;
    private bool ended;

    private DeepStack(int stackBytes, bool once) =>
        new Thread(() => Loop(once), stackBytes) { IsBackground = true, Name = "helm render" }.Start();

    /// <summary>Runs work with a stack for so many nested templates, and waits for it.</summary>
    public static void Run(int depth, Action work)
    {
        int bytes = (int)Math.Clamp(depth * StackBytesPerTemplate, DefaultStackBytes, MaxStackBytes);
        bool kept = bytes == DefaultStackBytes;
        DeepStack? thread = null;
        while (kept && thread is null && Idle.TryPop(out var idle))
        {
            thread = idle.TryGive(work) ? idle : null;
        }
        if (thread is null)
        {
            thread = new DeepStack(bytes, once: !kept);
            thread.TryGive(work);
        }
        var failure = thread.Await();
        if (kept)
        {
            Idle.Push(thread);
        }
        failure?.Throw();
    }

    private bool TryGive(Action given)
    {
        lock (signal)
        {
            if (ended)
            {
                return false;
            }
            work = given;
            Monitor.PulseAll(signal);
            return true;
        }
    }

    private ExceptionDispatchInfo? Await()
    {
        lock (signal)
        {
            while (work is not null)
            {
                Monitor.Wait(signal);
            }
            return failure;
        }
    }

    private void Loop(bool once)
    {
        do
        {
            if (Next() is not { } current)
            {
                return;
            }
            ExceptionDispatchInfo? thrown = null;
            try
            {
                current();
            }
            catch (Exception error)
            {
                thrown = ExceptionDispatchInfo.Capture(error);
            }
            lock (signal)
            {
                (work, failure) = (null, thrown);
                Monitor.PulseAll(signal);
            }
        }
        while (!once);
    }

    /// <summary>The next work; null when nobody had any for a while, and the thread ends.</summary>
    private Action? Next()
    {
        lock (signal)
        {
            while (work is null)
            {
                if (!Monitor.Wait(signal, IdleTime) && work is null)
                {
                    ended = true;
                    return null;
                }
            }
            return work;
        }
    }
}
