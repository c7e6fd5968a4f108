using System.Text.RegularExpressions;
using ReLoRA.Core;

namespace ReLoRA.Scripting.Starting;

/// <summary>A new sweep that runs as it is and is meant to be changed.</summary>
public static partial class StarterSweep
{
    private const string Project = "src/ReLoRA.Cli/ReLoRA.Cli.csproj";

    /// <summary>Writes the sweep, and what an editor needs to know it where that is not there yet.</summary>
    /// <param name="path">Where, for example <c>my-sweep</c>, <c>sweeps/my-sweep.csx</c> or <c>my-sweep.cs</c>; the ending is added where it is missing.</param>
    /// <param name="kind">What it is. Default: null, what the ending says, else a script.</param>
    /// <param name="overwrite">Whether an existing sweep may be replaced; nothing else ever is.</param>
    /// <returns>The full paths of the files written, the sweep first.</returns>
    /// <exception cref="UserFaultException">
    /// The name cannot be a sweep's, the file exists and may not be replaced, or a program cannot be built here.
    /// </exception>
    public static IReadOnlyList<string> Write(string path, SweepKind? kind, bool overwrite)
    {
        var ending = Path.GetExtension(path).ToLowerInvariant();
        var chosen = kind ?? (ending == ".cs" ? SweepKind.Cs : SweepKind.Csx);
        var wanted = chosen == SweepKind.Cs ? ".cs" : ".csx";
        if (ending is ".cs" or ".csx" && ending != wanted)
            throw new UserFaultException(
                $"{path} ends in {ending}, and --kind asks for {wanted}. Leave one of the two out."
            );
        var file = Path.GetFullPath(ending == wanted ? path : path + wanted);
        var name = Path.GetFileNameWithoutExtension(file);
        if (!SweepName().IsMatch(name))
            throw new UserFaultException(
                $"'{name}' cannot be a sweep's name, which is also a folder's. Allowed: letters, digits, '-', '_' and '.', "
                    + "beginning with a letter or digit, for example: relora new rank-ladder"
            );
        if (File.Exists(file) && !overwrite)
            throw new UserFaultException($"{file} exists. Choose another name, or give --force to replace it.");
        var folder = Path.GetDirectoryName(file)!;
        var text = StarterFiles
            .Text("starter.csx")
            .Replace("{name}", name, StringComparison.Ordinal)
            .Replace("{file}", Path.GetFileName(file), StringComparison.Ordinal);
        text = chosen == SweepKind.Cs ? AsProgram(text, folder, Path.GetFileName(file)) : text;
        Directory.CreateDirectory(folder);
        File.WriteAllText(file, text);
        List<string> written = [file];
        if (chosen == SweepKind.Cs && StarterFiles.WriteProperties(folder) is { } properties)
            written.Add(properties);
        written.AddRange(StarterFiles.WriteSettings(folder, Environment.CurrentDirectory));
        return written;
    }

    /// <summary>What a user has to add by hand; null where nothing.</summary>
    /// <param name="sweep">The sweep written.</param>
    public static string? Missing(string sweep)
    {
        var folder = Path.GetDirectoryName(sweep)!;
        return Path.GetExtension(sweep) != ".cs" || StarterFiles.HasUsings(folder)
            ? null
            : $"{Path.Combine(folder, StarterFiles.Properties)} was there before. For dotnet run it needs:\n{StarterFiles.Text(StarterFiles.Properties)}";
    }

    private static string AsProgram(string text, string folder, string file)
    {
        var project = Path.GetRelativePath(folder, FindProject());
        return $"""
                #!/usr/bin/env -S dotnet run
                #:project {project}
                // A sweep that is a program too. These runs are the same, and the second needs no other command:
                //   relora run {file}        dotnet run {file} -- run
                // The two lines above and the last one are for the second; the first passes over them.
                //

                """ + $"{text.TrimEnd()}\n\nreturn Execute(args);\n";
    }

    /// <summary>The project that a program refers to: that of this command, which is run out of its checkout.</summary>
    private static string FindProject()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var project = Path.Combine(at.FullName, Project);
            if (File.Exists(project))
                return project;
        }
        throw new UserFaultException(
            $"A .cs sweep refers to the lab's project {Project}, and there is none above {AppContext.BaseDirectory}. Run relora out of a checkout, or "
                + "write a .csx sweep, which needs none: relora new NAME"
        );
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex SweepName();
}
