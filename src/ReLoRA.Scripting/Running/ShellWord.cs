namespace ReLoRA.Scripting.Running;

/// <summary>A text as a word of a shell's line.</summary>
public static class ShellWord
{
    /// <summary>The text, in quotes where it needs them.</summary>
    /// <param name="text">For example a path.</param>
    public static string Of(string text) =>
        text.Length > 0
        && text.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+=:@%".Contains(c, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
