using ReLoRA.Core;

namespace ReLoRA.Scripting.Language;

/// <summary>Makes the faults that point at a script line.</summary>
internal static class ScriptFault
{
    public static UserFaultException At(ScriptPlace place, string message) => new($"{place}: {message}");

    public static UserFaultException At(ScriptPlace place, string message, Exception cause) =>
        new($"{place}: {message}", cause);

    /// <summary>What a lambda of the script returns; whatever it throws is told with the line of its call.</summary>
    public static T Guard<T>(ScriptPlace place, string call, Func<T> lambda)
    {
        try
        {
            return lambda();
        }
#pragma warning disable CA1031 // The user's lambda may throw anything; it is told with its line, as any fault of a script.
        catch (Exception e) when (e is not UserFaultException)
#pragma warning restore CA1031
        {
            throw At(place, $"{call}: the lambda threw {e.GetType().Name}: {e.Message}", e);
        }
    }
}
