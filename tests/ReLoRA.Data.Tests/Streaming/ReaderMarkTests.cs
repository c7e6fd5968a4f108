using ReLoRA.Data.Streaming;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Streaming;

public sealed class ReaderMarkTests
{
    [Fact]
    public void Each_living_reader_is_seen_with_what_it_needs()
    {
        using var folder = new TemporaryFolder();
        var place = new StreamFolder(folder.Path);
        Assert.Empty(ReaderMarks.Read(place));
        using var one = ReaderMark.Create(place);
        using var two = ReaderMark.Create(place);
        one.Need(3);
        Assert.Equal([3], ReaderMarks.Read(place));
        two.Need(8);
        one.Need(4);
        Assert.Equal([4, 8], ReaderMarks.Read(place).Order());
    }

    [Fact]
    public void A_reader_that_ended_is_not_seen_however_it_ended()
    {
        using var folder = new TemporaryFolder();
        var place = new StreamFolder(folder.Path);
        var ended = ReaderMark.Create(place);
        ended.Need(3);
        ended.Dispose();
        Assert.Empty(ReaderMarks.Read(place));
        // What a killed process leaves: its files, and no lock.
        File.WriteAllText(Path.Combine(place.ReadersPath, "gone-1-0.lock"), "");
        File.WriteAllText(Path.Combine(place.ReadersPath, "gone-1-0"), "5");
        Assert.Empty(ReaderMarks.Read(place));
        Assert.Empty(Directory.EnumerateFiles(place.ReadersPath));
    }
}
