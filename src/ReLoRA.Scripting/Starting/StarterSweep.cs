using System.Text.RegularExpressions;
using ReLoRA.Core;

namespace ReLoRA.Scripting.Starting;

/// <summary>A new sweep script that runs as it is and is meant to be changed.</summary>
public static partial class StarterSweep
{
    /// <summary>Writes the script.</summary>
    /// <param name="path">Where, for example <c>my-sweep</c> or <c>sweeps/my-sweep.csx</c>; <c>.csx</c> is added where it is missing.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <returns>The full path of the file.</returns>
    /// <exception cref="UserFaultException">The name cannot be a sweep's, or the file exists and may not be replaced.</exception>
    public static string Write(string path, bool overwrite)
    {
        var file = Path.GetFullPath(path.EndsWith(".csx", StringComparison.OrdinalIgnoreCase) ? path : path + ".csx");
        var name = Path.GetFileNameWithoutExtension(file);
        if (!SweepName().IsMatch(name))
            throw new UserFaultException(
                $"'{name}' cannot be a sweep's name, which is also a folder's. Allowed: letters, digits, '-', '_' and '.', "
                    + "beginning with a letter or digit, for example: relora new rank-ladder"
            );
        if (File.Exists(file) && !overwrite)
            throw new UserFaultException($"{file} exists. Choose another name, or give --force to replace it.");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Text(name, Path.GetFileName(file)));
        return file;
    }

    private static string Text(string name, string file)
    {
        using var stream = typeof(StarterSweep).Assembly.GetManifestResourceStream("starter.csx")!;
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .Replace("{name}", name, StringComparison.Ordinal)
            .Replace("{file}", file, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex SweepName();
}
