namespace ReLoRA.Scripting.Language;

/// <summary>A line of a script, for messages.</summary>
/// <param name="File">The script's path.</param>
/// <param name="Line">The line, from 1.</param>
internal readonly record struct ScriptPlace(string File, int Line)
{
    public override string ToString() => $"{Show(File)}:{Line}";

    /// <summary>A path as a user would type it: relative where it lies under the current directory.</summary>
    public static string Show(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
