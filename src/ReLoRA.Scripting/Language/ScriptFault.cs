using ReLoRA.Core;

namespace ReLoRA.Scripting.Language;

/// <summary>Makes the faults that point at a script line.</summary>
internal static class ScriptFault
{
    public static UserFaultException At(ScriptPlace place, string message) => new($"{place}: {message}");

    public static UserFaultException At(ScriptPlace place, string message, Exception cause) =>
        new($"{place}: {message}", cause);
}
