using System.Globalization;
using System.Text.Json;
using ReLoRA.Results.Runs;

namespace ReLoRA.Export;

/// <summary>A folder that is written beside its place, under another name, and moved there when it is whole.</summary>
internal sealed class ExportFolder : IDisposable
{
    private readonly string target;
    private bool moved;

    /// <summary>Makes the folder under its other name.</summary>
    /// <param name="target">Its place.</param>
    /// <exception cref="RunFileException">Something else is there.</exception>
    public ExportFolder(string target)
    {
        this.target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        RequireReplaceable(this.target);
        Working = Beside("tmp");
        Remove(Working);
        Directory.CreateDirectory(Working);
    }

    /// <summary>Where it is written.</summary>
    public string Working { get; }

    /// <summary>Moves it to its place.</summary>
    public void Complete()
    {
        // It may have been filled meanwhile.
        RequireReplaceable(target);
        var old = Beside("old");
        Remove(old);
        if (Directory.Exists(target))
            Directory.Move(target, old);
        try
        {
            Directory.Move(Working, target);
        }
        catch
        {
            if (Directory.Exists(old))
                Directory.Move(old, target);
            throw;
        }
        moved = true;
        Remove(old);
    }

    /// <summary>Deletes what is not complete.</summary>
    public void Dispose()
    {
        if (!moved)
            Remove(Working);
    }

    private string Beside(string ending) =>
        Path.Combine(
            Path.GetDirectoryName(target) ?? target,
            string.Create(CultureInfo.InvariantCulture, $".{Path.GetFileName(target)}.{Environment.ProcessId}.{ending}")
        );

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static void RequireReplaceable(string target)
    {
        if (File.Exists(target))
            throw new RunFileException(target, "this is a file; an export is a folder. Give another --output.");
        if (!Directory.Exists(target))
            return;
        var known = Known(target);
        var foreign = Directory
            .EnumerateFileSystemEntries(target)
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault(name => !known.Contains(name));
        if (foreign is not null)
            throw new RunFileException(
                target,
                $"the folder holds '{foreign}', which is of no export, and nothing of it is deleted. Give another --output, or move that away."
            );
    }

    /// <summary>The files of the export that is there.</summary>
    private static HashSet<string> Known(string target)
    {
        var path = Path.Combine(target, ExportResult.FileName);
        if (!File.Exists(path))
            return [];
        try
        {
            var made = JsonSerializer.Deserialize<ExportResult>(File.ReadAllBytes(path), ExportJson.Options);
            return
            [
                .. made?.Tables.Select(table => table.File) ?? [],
                DataDictionary.CsvName,
                DataDictionary.JsonName,
                ExportResult.FileName,
            ];
        }
        catch (JsonException)
        {
            // Not ours then, and told as a file that is of no export.
            return [];
        }
    }
}
