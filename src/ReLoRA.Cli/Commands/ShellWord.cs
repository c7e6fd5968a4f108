namespace ReLoRA.Cli.Commands;

/// <summary>A text as a word of a command line that can be copied.</summary>
internal static class ShellWord
{
    /// <summary>The text, in quotes where it needs them.</summary>
    /// <param name="text">For example a path.</param>
    public static string Of(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || "/._-+=:@%".Contains(c, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
