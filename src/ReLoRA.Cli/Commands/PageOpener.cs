using System.ComponentModel;
using System.Diagnostics;

namespace ReLoRA.Cli.Commands;

/// <summary>Shows a page in the browser that the user prefers.</summary>
internal static class PageOpener
{
    /// <summary>Opens it. Where that cannot be done the page is written all the same: that is said, and is no fault.</summary>
    /// <param name="path">The page's file.</param>
    /// <param name="error">Where it is said.</param>
    public static void Open(string path, TextWriter error)
    {
        var start = OperatingSystem.IsLinux()
            ? new ProcessStartInfo("xdg-open", [path])
            : new ProcessStartInfo(path) { UseShellExecute = true };
        try
        {
            using var opened = Process.Start(start);
        }
        catch (Win32Exception fault)
        {
            error.WriteLine($"No browser could be started ({fault.Message}). Open the page yourself: {path}");
        }
    }
}
