using System.Runtime.InteropServices;

namespace ReLoRA.Core.Distributed;

/// <summary>Where a sitting begins: the first process finds the checkpoint, and the others load the same.</summary>
internal static class StartStep
{
    private const long None = -1;

    /// <summary>Tells the others.</summary>
    /// <param name="collective">All of them.</param>
    /// <param name="step">The checkpoint's step; null where the run begins.</param>
    public static void Tell(ICollective collective, long? step) => Exchange(collective, step ?? None);

    /// <summary>Waits to be told. Null where the run begins.</summary>
    public static long? Hear(ICollective collective) =>
        Exchange(collective, None) is var step and not None ? step : null;

    private static long Exchange(ICollective collective, long step)
    {
        collective.Broadcast(MemoryMarshal.AsBytes(new Span<long>(ref step)));
        return step;
    }
}
