using ReLoRA.Core.Accounting;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Accounting;

public sealed class RaplMeterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Packages_are_added_up_and_their_parts_are_not()
    {
        Counter("intel-rapl:0", "package-0", 2_000_000);
        Counter("intel-rapl:0:0", "core", 1_000_000);
        Counter("intel-rapl:1", "package-1", 500_000);
        var meter = RaplMeter.Find(folder.File("powercap"))!;
        Assert.Equal("RAPL: package-0, package-1", meter.Name);
        Assert.Equal(2.5, meter.Read());
    }

    [Fact]
    public void A_counter_that_begins_again_goes_on_rising()
    {
        Counter("intel-rapl:0", "package-0", 9_000_000);
        var meter = RaplMeter.Find(folder.File("powercap"))!;
        var before = meter.Read();
        Counter("intel-rapl:0", "package-0", 1_000_000);
        Assert.Equal(2, meter.Read() - before);
        Counter("intel-rapl:0", "package-0", 3_000_000);
        Assert.Equal(4, meter.Read() - before);
    }

    [Fact]
    public void Without_counters_there_is_no_meter()
    {
        Assert.Null(RaplMeter.Find(folder.File("nowhere")));
        Directory.CreateDirectory(folder.File("powercap", "intel-rapl:0"));
        Assert.Null(RaplMeter.Find(folder.File("powercap")));
    }

    private void Counter(string name, string title, long microjoules)
    {
        var path = Directory.CreateDirectory(folder.File("powercap", name)).FullName;
        File.WriteAllText(Path.Combine(path, "name"), title + "\n");
        File.WriteAllText(Path.Combine(path, "energy_uj"), $"{microjoules}\n");
        File.WriteAllText(Path.Combine(path, "max_energy_range_uj"), "10000000\n");
    }
}
