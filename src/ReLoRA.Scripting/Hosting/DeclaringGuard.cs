using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Hosting;

/// <summary>
/// Stands by while a script declares its sweeps and they are planned, in which time its code may do anything: tells when it takes long,
/// ends the process at the first Ctrl+C, and tells of what ends the process from within.
/// </summary>
internal sealed class DeclaringGuard : IDisposable
{
    private const int UserFault = 2;
    private const int Interrupted = 130;

    private readonly string script;
    private readonly Action<string> tell;
    private readonly ITimer timer;
    private readonly List<PosixSignalRegistration> signals = [];
    private volatile bool isEnding;

    public DeclaringGuard(string path, ScriptHostOptions options)
    {
        (script, tell) = (Path.GetFullPath(path), options.Tell);
        timer = options.Clock.CreateTimer(
            _ => TellOfTime(options.Patience),
            null,
            options.Patience,
            Timeout.InfiniteTimeSpan
        );
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            signals.Add(PosixSignalRegistration.Create(signal, EndAtOnce));
        AppDomain.CurrentDomain.ProcessExit += TellOfExit;
        AppDomain.CurrentDomain.UnhandledException += TellOfException;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= TellOfExit;
        AppDomain.CurrentDomain.UnhandledException -= TellOfException;
        signals.ForEach(signal => signal.Dispose());
        timer.Dispose();
    }

    private void TellOfTime(TimeSpan patience) =>
        tell(
            string.Create(
                CultureInfo.InvariantCulture,
                $"note: {ScriptPlace.Show(script)}: after {patience.TotalSeconds} s its sweeps are still being declared or planned. Nothing trains before that has ended; Ctrl+C ends the command."
            )
        );

    /// <summary>No token stops a loop that looks at none, and nothing is under way yet that would have to be saved.</summary>
    private void EndAtOnce(PosixSignalContext context)
    {
        context.Cancel = true;
        isEnding = true;
        Environment.Exit(Interrupted);
    }

    private void TellOfExit(object? sender, EventArgs e)
    {
        if (isEnding)
            return;
        tell(
            $"error: {ScriptPlace.Show(script)} ended the process while it declared its sweeps; nothing was planned. Leave Environment.Exit out: "
                + "a script ends at its last line, or by an exception where something is wrong."
        );
        Environment.ExitCode = UserFault;
    }

    private void TellOfException(object sender, UnhandledExceptionEventArgs e)
    {
        if (e.ExceptionObject is not Exception fault)
            return;
        var frames = new StackTrace(fault, fNeedFileInfo: true)
            .GetFrames()
            .Where(frame => frame.GetFileName() is { } file && (file == script || Path.GetExtension(file) == ".csx"))
            .Select(frame => $"\n  at {new ScriptPlace(frame.GetFileName()!, frame.GetFileLineNumber())}");
        tell(
            $"error: {ScriptPlace.Show(script)} threw {fault.GetType().Name} on a thread of its own: {fault.Message}{string.Concat(frames.Distinct())}"
        );
        isEnding = true;
        Environment.Exit(UserFault);
    }
}
