using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Items;

/// <summary>Tables of items as files: Arrow where the name ends in <c>.arrow</c>, CSV where it ends in <c>.csv</c>.</summary>
public static class ItemTableFile
{
    private const string Arrow = ".arrow";
    private const string Csv = ".csv";

    /// <summary>Refuses a name that says neither.</summary>
    /// <exception cref="UserFaultException">It ends otherwise.</exception>
    public static void RequireKind(string path)
    {
        if (!Ends(path, Arrow) && !Ends(path, Csv))
            throw new UserFaultException(
                $"{path}: items are written as {Csv} or {Arrow}. Give the file such an ending."
            );
    }

    /// <summary>Writes a table so that it is there completely or not at all.</summary>
    /// <param name="path">The file, replaced where it is there.</param>
    /// <param name="table">The table.</param>
    /// <exception cref="UserFaultException">It ends otherwise, or cannot be written.</exception>
    public static void Write(string path, ItemTable table)
    {
        RequireKind(path);
        Guard(
            path,
            "written",
            () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                using (var file = File.Create(path + ".partial"))
                {
                    if (Ends(path, Csv))
                        CsvItems.Write(file, table);
                    else
                        ArrowItems.Write(file, table);
                }
                File.Move(path + ".partial", path, overwrite: true);
                return true;
            }
        );
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="UserFaultException">The file is missing, of another kind, or damaged.</exception>
    public static ItemTable Read(string path)
    {
        RequireKind(path);
        return Guard(
            path,
            "read",
            () =>
            {
                using var file = File.OpenRead(path);
                return Ends(path, Csv) ? CsvItems.Read(file) : ArrowItems.Read(file);
            }
        );
    }

    private static bool Ends(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    private static T Guard<T>(string path, string what, Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UserFaultException($"{path} cannot be {what}: {fault.Message}", fault);
        }
    }
}
