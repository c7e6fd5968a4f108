namespace ReLoRA.Scripting.Planning;

/// <summary>Where runs lie.</summary>
public static class RunsRoot
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "RELORA_RUNS";

    /// <summary>The folder given, else that of <see cref="Variable"/>, else <c>runs</c> in the current directory.</summary>
    /// <param name="given">What the command line says; null or empty where nothing.</param>
    public static string Resolve(string? given)
    {
        if (!string.IsNullOrEmpty(given))
            return Path.GetFullPath(given);
        var variable = Environment.GetEnvironmentVariable(Variable);
        return Path.GetFullPath(string.IsNullOrEmpty(variable) ? "runs" : variable);
    }
}
