using ReLoRA.Analysis.Report.Paper;
using ReLoRA.Core;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Pickle;
using ReLoRA.Core.Safetensors;
using ReLoRA.Data;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;

namespace ReLoRA.Cli;

/// <summary>Shows a fault and chooses the exit code: a user's fault is one message, ours shows its stack.</summary>
internal static class Faults
{
    public static int Show(Exception fault, TextWriter errors)
    {
        if (fault is OperationCanceledException)
            return ExitCodes.Interrupted;
        if (fault is ResetViolationException)
        {
            errors.WriteLine($"error: {fault.Message}");
            return ExitCodes.Failed;
        }
        if (IsUsers(fault))
        {
            errors.WriteLine($"error: {fault.Message}");
            return ExitCodes.Usage;
        }
        errors.WriteLine($"internal error, please report it:\n{fault}");
        return ExitCodes.Internal;
    }

    private static bool IsUsers(Exception fault) =>
        fault
            is UserFaultException
                or DataException
                or LogFormatException
                or RunFileException
                or ReferenceFileException
                or CheckpointException
                // Of what no command guards there is only the console: a full disk behind a redirected output.
                or IOException
                or PickleException
                or SafetensorsException;
}
