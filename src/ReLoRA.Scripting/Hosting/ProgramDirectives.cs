namespace ReLoRA.Scripting.Hosting;

/// <summary>
/// The lines by which a script is a program of its own too: <c>#!</c>, and <c>#:project</c> and the like, which only <c>dotnet run</c>
/// knows. They stand before all else.
/// </summary>
internal static class ProgramDirectives
{
    /// <summary>The text with these lines empty, so that all others keep their numbers.</summary>
    public static string Blank(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("#:", StringComparison.Ordinal) || line.StartsWith("#!", StringComparison.Ordinal))
                lines[i] = "";
            else if (line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
                break;
        }
        return string.Join('\n', lines);
    }
}
