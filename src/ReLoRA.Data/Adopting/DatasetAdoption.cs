using ReLoRA.Data.ArrowFiles;
using ReLoRA.Data.Building;
using ReLoRA.Data.Converting;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Adopting;

/// <summary>
/// Makes a folder of Arrow files a dataset where it lies: reads every id once, and writes a manifest with the checksum of each file, and
/// stamps by which a later change is noticed. The Arrow files are not touched.
/// </summary>
public static class DatasetAdoption
{
    /// <summary>Adopts a folder, anew if need be.</summary>
    /// <param name="options">Which, and what made the ids.</param>
    /// <param name="progress">Told from several threads at once, often.</param>
    /// <param name="cancellation">Stops it; no manifest is left then.</param>
    /// <returns>The manifest written.</returns>
    /// <exception cref="DataException">A file cannot be read in place, or is damaged. No manifest is left.</exception>
    public static DatasetManifest Adopt(
        AdoptOptions options,
        Action<ConvertProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var ids = IdSpace.Of(options.Origin);
        if (!Directory.Exists(options.Folder))
            throw new DataException(DataFault.Missing, $"{options.Folder}: no such folder. Check its path.");
        RemoveOldManifest(options.Folder);
        var files = SourceFolder.Files(options.Folder);
        var found = new AdoptedFile[files.Count];
        var tally = new ConvertTally([], files.Count, progress);
        FileWorkers.Run(files.Count, options.Threads, Read, cancellation);
        RequireAlike(files, found);
        var rows = found.Sum(file => file.Entry.Rows);
        var manifest = new DatasetManifest
        {
            Format = DatasetManifest.CurrentFormat,
            RowLength = found[0].RowLength,
            Rows = rows,
            Tokens = rows * found[0].RowLength,
            DroppedTokens = 0,
            Documents = 0,
            TextBytes = 0,
            VocabularySize = ids.VocabularySize,
            EndOfText = ids.EndOfText,
            TokenType = found[0].IdType,
            TokenizerSha256 = ids.TokenizerSha256,
            Shards = [.. found.Select(file => file.Entry)],
            Sources = [],
            AdoptedColumn = options.Column,
        };
        AdoptedStamps.Of(options.Folder, manifest, found.Select(file => file.Modified)).Publish(options.Folder);
        BuildFolder.Publish(options.Folder, manifest);
        return manifest;

        Action Read(int number, CancellationToken stop)
        {
            found[number] = AdoptedFile.Read(
                files[number],
                options.Column,
                ids.VocabularySize,
                tokens =>
                {
                    stop.ThrowIfCancellationRequested();
                    tally.Add(tokens);
                }
            );
            tally.Complete();
            return () => { };
        }
    }

    private static void RemoveOldManifest(string folder)
    {
        var path = Path.Combine(folder, DatasetManifest.FileName);
        if (!File.Exists(path))
            return;
        if (ManifestJson.Parse(DataFiles.ReadAllBytes(path, "dataset manifest"), path).AdoptedColumn is null)
            throw new DataException(
                DataFault.Exists,
                $"{folder}: these are shards of ours with their manifest; there is nothing to adopt. Use the folder as it is."
            );
        DataFiles.Guard(
            path,
            "dataset manifest",
            () =>
            {
                File.Delete(path);
            }
        );
    }

    private static void RequireAlike(IReadOnlyList<SourceFile> files, AdoptedFile[] found)
    {
        for (var number = 1; number < found.Length; number++)
        {
            var faults = new ArrowFaults(files[number].Path, ArrowFaults.OfSource);
            if (found[number].RowLength != found[0].RowLength)
                throw faults.WrongLength(0, $"{found[number].RowLength} tokens", found[0].RowLength);
            if (found[number].IdType != found[0].IdType)
                throw faults.Unsupported(
                    $"ids of type {found[number].IdType}, and in {files[0].Name} {found[0].IdType}",
                    "files read in place have to be alike. Convert them: relora data convert."
                );
        }
    }
}
