using ReLoRA.Core;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>Writing into a folder of runs, where a fault of the disk is told with what is to be done.</summary>
internal static class RunsWriting
{
    /// <summary>Writes.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="write">Writes into it.</param>
    /// <exception cref="UserFaultException">The folder cannot be written.</exception>
    public static T Do<T>(RunsFolder runs, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException(
                $"The folder of runs {runs.Root} cannot be written: {e.Message} Make room or mend what it says, or choose another folder by --runs or RELORA_RUNS.",
                e
            );
        }
    }
}
