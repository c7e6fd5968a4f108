namespace ReLoRA.Core.Dynamics;

/// <summary>How faults of probes are told.</summary>
internal static class FigureFaults
{
    /// <summary>The message; where it was not written for users, behind the kind of the fault.</summary>
    public static string Reason(Exception fault) =>
        fault is FigureAbandonedException or UserFaultException
            ? fault.Message
            : $"{fault.GetType().Name}: {fault.Message}";

    /// <summary>The same fault, told with the script line that is at fault.</summary>
    public static Exception At(string place, Exception fault)
    {
        var told = place.Length == 0 ? Reason(fault) : $"{place}: {Reason(fault)}";
        return fault is FigureAbandonedException abandoned
            ? new FigureAbandonedException(told, abandoned.IsUrgent)
            : new UserFaultException(told, fault);
    }
}
