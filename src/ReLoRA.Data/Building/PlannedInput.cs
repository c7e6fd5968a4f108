namespace ReLoRA.Data.Building;

/// <summary>An input file as it was when a build was begun.</summary>
/// <param name="Name">Its name in the manifest.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Modified">When it was last written, in ticks of 100 ns.</param>
internal sealed record PlannedInput(string Name, long Bytes, long Modified)
{
    /// <exception cref="DataException">The file cannot be accessed.</exception>
    public static PlannedInput Of(InputFile file) =>
        DataFiles.Guard(
            file.Path,
            "input file",
            () =>
            {
                var info = DataFiles.Info(file.Path);
                return new PlannedInput(file.Name, info.Length, info.LastWriteTimeUtc.Ticks);
            }
        );
}
