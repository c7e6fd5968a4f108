using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Runs;

public sealed class CellLogReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private RunsFolder Runs => new(folder.Path);

    [Fact]
    public void A_cell_without_a_log_has_none_and_no_fault()
    {
        var reading = CellLogReading.Of(Runs, "a1");

        Assert.True(reading.IsMissing);
        Assert.Null(reading.Log);
    }

    [Fact]
    public void An_id_that_is_no_folders_name_is_told() => Assert.NotNull(CellLogReading.Of(Runs, "../a1").Fault);

    [Fact]
    public void A_folder_in_the_logs_place_is_told()
    {
        Directory.CreateDirectory(Runs.Cell("a1").LogPath);

        var reading = CellLogReading.Of(Runs, "a1");

        Assert.False(reading.IsMissing);
        Assert.NotNull(reading.Fault);
        Assert.Null(reading.Format);
    }

    [Fact]
    public void Another_format_is_told_with_its_place()
    {
        Directory.CreateDirectory(Runs.Cell("a1").Path);
        byte[] later = [0x82, 0xa4, .. "kind"u8, 0xa3, .. "run"u8, 0xa6, .. "format"u8, 2];
        File.WriteAllBytes(Runs.Cell("a1").LogPath, later);

        var reading = CellLogReading.Of(Runs, "a1");

        Assert.Equal(LogFault.UnsupportedFormat, reading.Format?.Fault);
        Assert.Equal(reading.Format?.Message, reading.Fault);
    }
}
