using System.Runtime.InteropServices;

namespace ReLoRA.Core.Native;

/// <summary>The end of this process, without anything that usually goes before it.</summary>
public static partial class ProcessEnd
{
    /// <summary>Ends the process at once: nothing is flushed or freed, other threads are not waited for.</summary>
    /// <param name="code">The exit code.</param>
    public static void Now(int code)
    {
        Console.Out.Flush();
        Console.Error.Flush();
        if (OperatingSystem.IsWindows())
            Environment.Exit(code);
        Exit(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
