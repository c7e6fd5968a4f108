using System.Globalization;
using Microsoft.CodeAnalysis;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Hosting;

/// <summary>Shows an error of the compiler with its line, a caret under the place, and a hint where the error misleads.</summary>
internal static class CompileErrorText
{
    private const string Margin = "    ";

    public static string Of(Diagnostic error)
    {
        var message = Message(error);
        if (!error.Location.IsInSource)
            return $"error {error.Id}: {message}";
        var start = error.Location.GetLineSpan().StartLinePosition;
        var line = error.Location.SourceTree!.GetText().Lines[start.Line].ToString();
        // A tab before the caret keeps it below its column, whatever a terminal makes of tabs.
        var indent = string.Concat(line.Take(start.Character).Select(symbol => symbol == '\t' ? '\t' : ' '));
        var file = ScriptPlace.Show(error.Location.SourceTree.FilePath);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{file}({start.Line + 1},{start.Character + 1}): error {error.Id}: {message}\n{Margin}{line}\n{Margin}{indent}^"
        );
        return CompileHint.For(error) is { } hint ? $"{text}\n{Margin}hint: {hint}" : text;
    }

    private static string Message(Diagnostic error)
    {
        var message = error.GetMessage(CultureInfo.InvariantCulture);
        // What follows speaks of extension methods and using directives, of which a sweep has no need.
        var end = error.Id == "CS1061" ? message.IndexOf(" and no accessible", StringComparison.Ordinal) : -1;
        return end < 0 ? message : message[..end];
    }
}
