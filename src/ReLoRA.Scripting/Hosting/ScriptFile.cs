using ReLoRA.Core;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Hosting;

/// <summary>Reads a script's text.</summary>
internal static class ScriptFile
{
    /// <exception cref="UserFaultException">There is no such file, or it cannot be read.</exception>
    public static string Read(string path)
    {
        if (Directory.Exists(path))
            throw new UserFaultException($"{path} is a folder. Give a sweep script, a .csx file.");
        if (!File.Exists(path))
            throw new UserFaultException($"There is no script {path}.{Nearby(path)}");
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"The script {path} cannot be read: {e.Message}", e);
        }
    }

    public static UserFaultException DeclaresNothing(string path) =>
        new(
            $"{ScriptPlace.Show(path)} declares no sweep, so there is nothing to do. "
                + "Declare one, for example: Sweep(\"first\", Presets.Nano).Seeds(count: 2);"
        );

    private static string Nearby(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            return $" Nor is there a folder {folder}.";
        var scripts = Directory
            .EnumerateFiles(folder, "*.cs*")
            .Where(file => Path.GetExtension(file) is ".csx" or ".cs")
            .Select(file => Path.GetFileName(file)!)
            .Order(StringComparer.Ordinal)
            .Take(10)
            .ToList();
        return scripts.Count == 0 ? "" : $" Scripts in its folder: {string.Join(", ", scripts)}.";
    }
}
