using System.Runtime.InteropServices;

namespace ReLoRA.Cli.Commands;

/// <summary>Work that Ctrl+C and SIGTERM stop in order, from its first moment to its last.</summary>
internal static class Interruptible
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM];

    /// <summary>
    /// Runs work off this thread, which has to be free to see Ctrl+C. The command line begins to listen only once this thread is given back: a
    /// signal that came before would end the process where it stands, with half of the work's files on the disk. So it is listened for here as well.
    /// </summary>
    /// <param name="work">Told when to stop.</param>
    /// <param name="stop">The command line's own word to stop.</param>
    public static Task<T> Run<T>(Func<CancellationToken, T> work, CancellationToken stop) =>
        RunAsync(token => Task.FromResult(work(token)), stop);

    /// <summary>The same for work that awaits.</summary>
    /// <param name="work">Told when to stop.</param>
    /// <param name="stop">The command line's own word to stop.</param>
    public static Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken stop)
    {
        var gate = new Lock();
        var hasEnded = false;
        var source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var registrations = Signals.Select(signal => PosixSignalRegistration.Create(signal, Stop)).ToList();
        return Task.Run(Work, CancellationToken.None);

        async Task<T> Work()
        {
            try
            {
                return await work(source.Token);
            }
            finally
            {
                registrations.ForEach(registration => registration.Dispose());
                lock (gate)
                {
                    hasEnded = true;
                    source.Dispose();
                }
            }
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            lock (gate)
            {
                if (!hasEnded)
                    source.Cancel();
            }
        }
    }
}
