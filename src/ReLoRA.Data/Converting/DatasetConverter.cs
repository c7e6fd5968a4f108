using ReLoRA.Data.Building;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Converting;

/// <summary>
/// Turns files of token ids (Parquet, Arrow) into a dataset, a shard for each file, several files at once. Equal input gives equal bytes,
/// whatever the number of threads. What was completed before an interruption is kept.
/// </summary>
public static class DatasetConverter
{
    /// <summary>Converts, or goes on with a conversion that was interrupted.</summary>
    /// <param name="options">What and how.</param>
    /// <param name="progress">Told from several threads at once, often.</param>
    /// <param name="cancellation">Stops the conversion; the same call then goes on with it.</param>
    /// <returns>The manifest written.</returns>
    /// <exception cref="DataException">Something of the input or output is at fault. No manifest is left.</exception>
    public static DatasetManifest Convert(
        ConvertOptions options,
        Action<ConvertProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var plan = ConvertPlan.Of(options);
        using var journal = ConvertFolder.Prepare(options.Output, plan, options.Force);
        var files = new ConvertedFile?[plan.Sources.Count];
        foreach (
            var done in journal.Done.Where(done =>
                done.Number < files.Length && ConvertFolder.Has(options.Output, done.Shard)
            )
        )
            files[done.Number] = done;
        ConvertFolder.Keep(options.Output, files.OfType<ConvertedFile>().Select(file => file.Shard.File));

        var left = Enumerable.Range(0, files.Length).Where(number => files[number] is null).ToList();
        var tally = new ConvertTally(files.OfType<ConvertedFile>(), files.Length, progress);
        var rows = new long[left.Count];
        FileWorkers.Run(
            left.Count,
            options.Threads,
            (index, _) =>
            {
                rows[index] = Survey(plan.Sources[left[index]].Path, options.Column);
                return () => { };
            },
            cancellation
        );
        var rowLength =
            files.OfType<ConvertedFile>().FirstOrDefault()?.RowLength
            ?? RowSource.RowLengthOf(plan.Sources[0].Path, plan.Column);
        tally.Expect(rows.Sum() * rowLength);
        FileWorkers.Run(left.Count, options.Threads, (index, stop) => Start(left[index], stop), cancellation);

        var manifest = ManifestOf(plan, rowLength, [.. files.OfType<ConvertedFile>()]);
        BuildFolder.Publish(options.Output, manifest);
        journal.Delete();
        return manifest;

        Action Start(int number, CancellationToken stop)
        {
            var source = plan.Sources[number].Path;
            var shard = ConvertFolder.ShardPath(options.Output, number);
            var conversion = new FileConversion(source, shard, rowLength, plan.Ids.VocabularySize);
            try
            {
                conversion.Read(plan.Column, Read);
                var hash = options.HashSources ? DataFiles.Sha256(source) : IdSpace.Unknown;
                return () => Complete(number, conversion, hash);
            }
            catch
            {
                conversion.Dispose();
                throw;
            }

            void Read(int tokens)
            {
                stop.ThrowIfCancellationRequested();
                tally.Add(tokens);
            }
        }

        void Complete(int number, FileConversion conversion, string hash)
        {
            using (conversion)
                files[number] = new ConvertedFile(number, rowLength, conversion.Complete(), hash);
            journal.Add(files[number]!);
            tally.Complete();
        }
    }

    // Every file is opened once before the first is converted: hours of work must not end at a column that the last file lacks.
    private static long Survey(string path, string column)
    {
        using var source = RowSource.Open(path, column);
        return source.Rows > 0
            ? source.Rows
            : throw new DataException(DataFault.TooSmall, $"{path}: no rows. Leave the file out.");
    }

    private static DatasetManifest ManifestOf(ConvertPlan plan, int rowLength, IReadOnlyList<ConvertedFile> files) =>
        ConvertedManifest.Of(
            plan.Ids,
            rowLength,
            [.. files.Select(file => file.Shard)],
            [
                .. files.Select(file => new SourceEntry(
                    plan.Sources[file.Number].Name,
                    plan.Sources[file.Number].Bytes,
                    file.SourceSha256
                )),
            ]
        );
}
