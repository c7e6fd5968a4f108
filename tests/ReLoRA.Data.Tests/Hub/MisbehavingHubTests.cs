using ReLoRA.Testing.Hub;

namespace ReLoRA.Data.Tests.Hub;

public sealed class MisbehavingHubTests
{
    private const int Downloads = 200;

    [Fact]
    public async Task Whatever_a_hub_does_a_file_under_its_name_is_right()
    {
        using var bench = new HubBench();
        bench.Hub.Add("a.bin", 40_000);
        bench.Hub.Add("b.json", 3000);
        var (arrived, random) = (0, new Random(7));
        bench.Hub.Behave = asked => asked.IsFile ? Draw(random) : null;
        for (var number = 0; number < Downloads; number++)
        {
            var path = number % 2 == 0 ? "a.bin" : "b.json";
            random = new Random(number);
            try
            {
                Assert.Equal(bench.Hub.Files[path], File.ReadAllBytes(await bench.FetchAsync(path)));
                File.Delete(bench.Folder.File("got"));
                arrived++;
            }
            catch (DataException fault) when (fault.Fault is DataFault.Network or DataFault.Mismatch)
            {
                Assert.False(File.Exists(bench.Folder.File("got")), $"{number}: {fault.Message}");
            }
            // What another file left is as good as bytes gone bad on the disk.
            if (number % 3 == 0)
                File.Delete(bench.Folder.File("got.partial"));
        }
        Assert.InRange(arrived, Downloads / 2, Downloads);
    }

    private static Misbehaviour? Draw(Random random) =>
        random.Next(12) switch
        {
            0 => new Misbehaviour { DropAfter = random.Next(20_000) },
            1 => new Misbehaviour { Status = random.Next(2) == 0 ? 429 : 503, Headers = ["Retry-After: 1"] },
            2 => new Misbehaviour { Status = 500 },
            3 => new Misbehaviour { LengthLie = random.Next(-3000, 3000) },
            4 => new Misbehaviour { IgnoresRange = true, DropAfter = random.Next(40_000) },
            5 => new Misbehaviour { RangeLie = random.Next(-5, 5) },
            6 => new Misbehaviour { Corrupts = true },
            7 => new Misbehaviour { Excess = random.Next(5000) },
            8 => new Misbehaviour { Headers = ["Content-Encoding: gzip"] },
            _ => null,
        };
}
