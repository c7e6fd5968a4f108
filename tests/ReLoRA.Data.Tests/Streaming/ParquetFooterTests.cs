using ReLoRA.Data.Hub;
using ReLoRA.Data.Streaming;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Streaming;

public sealed class ParquetFooterTests
{
    // Each row group takes some 80 bytes of the footer: these make it longer than what is read at first.
    [Theory]
    [InlineData(7, 4)]
    [InlineData(3000, 1)]
    public async Task Rows_are_those_of_the_file_whatever_its_footer_takes(int rows, int rowsPerGroup)
    {
        using var folder = new TemporaryFolder();
        new Support.ParquetSource { RowsPerGroup = rowsPerGroup }.Write(folder.File("a.parquet"), SmallData.Rows(rows));
        Assert.Equal(rows, await RowsAsync(folder));
    }

    [Fact]
    public async Task A_file_without_the_column_is_refused_and_its_columns_are_named()
    {
        using var folder = new TemporaryFolder();
        new Support.ParquetSource { Column = "tokens" }.Write(folder.File("a.parquet"), SmallData.Rows(3));
        var fault = await Assert.ThrowsAsync<DataException>(() => RowsAsync(folder));
        Assert.Contains("lab/rows/a.parquet", fault.Message, StringComparison.Ordinal);
        Assert.Contains("tokens", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_is_a_typed_fault_wherever_it_is()
    {
        using var folder = new TemporaryFolder();
        new Support.ParquetSource().Write(folder.File("a.parquet"), SmallData.Rows(9));
        var sound = await File.ReadAllBytesAsync(folder.File("a.parquet"), TestContext.Current.CancellationToken);
        var random = new Random(11);
        for (var i = 0; i < 500; i++)
        {
            var bytes = sound[..(random.Next(3) == 0 ? random.Next(sound.Length) : sound.Length)];
            for (var flips = random.Next(1, 4); flips > 0 && bytes.Length > 0; flips--)
                bytes[^(1 + random.Next(Math.Min(bytes.Length, 400)))] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(folder.File("a.parquet"), bytes, TestContext.Current.CancellationToken);
            var fault = await Record.ExceptionAsync(() => RowsAsync(folder));
            Assert.True(fault is null or DataException, fault?.ToString());
        }
    }

    private static async Task<long> RowsAsync(TemporaryFolder folder)
    {
        var hub = new FolderHub(folder.Path);
        var stop = TestContext.Current.CancellationToken;
        var listing = await hub.ListAsync(new HubRepository(RepositoryKind.Dataset, "lab/rows", "main"), stop);
        return await ParquetFooter.RowsAsync(hub, listing, listing.Files[0], "input_ids", stop);
    }
}
