using System.Globalization;

namespace ReLoRA.Scripting.Hosting.Caching;

/// <summary>Names, lengths and times of a folder's assemblies: enough to see that one was replaced.</summary>
internal static class FileStamps
{
    public static string Of(string folder) =>
        string.Concat(
            new DirectoryInfo(folder)
                .EnumerateFiles()
                .Where(file => file.Extension is ".dll" or ".exe")
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}\n"
                    )
                )
        );
}
