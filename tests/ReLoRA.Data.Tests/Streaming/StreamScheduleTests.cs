using FsCheck;
using FsCheck.Fluent;
using ReLoRA.Data.Streaming;

namespace ReLoRA.Data.Tests.Streaming;

public sealed class StreamScheduleTests
{
    [Fact]
    public void One_reader_gets_the_shards_from_its_own_on_as_far_as_the_budget_goes() =>
        Assert.Equal([7, 8, 9, 0], StreamSchedule.Wanted(10, [7], _ => 5, 21));

    [Fact]
    public void Two_readers_get_equally_far_ahead() =>
        Assert.Equal([7, 2, 8, 3], StreamSchedule.Wanted(10, [7, 2], _ => 5, 24));

    [Fact]
    public void Nothing_later_takes_the_place_of_a_large_shard() =>
        Assert.Equal([0], StreamSchedule.Wanted(4, [0], shard => shard == 1 ? 100 : 1, 50));

    [Fact]
    public void What_is_wanted_fits_the_budget_comes_once_and_leaves_out_nothing_nearer() =>
        Prop.ForAll(
                Gen.Choose(1, 30).ToArbitrary(),
                Gen.Choose(0, 1000).ToArbitrary(),
                Gen.Choose(1, 1_000_000).ToArbitrary(),
                (count, budget, seed) =>
                {
                    var random = new System.Random(seed);
                    var costs = Enumerable.Range(0, count).Select(_ => (long)random.Next(1, 200)).ToArray();
                    var readers = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(count)).ToList();
                    var wanted = StreamSchedule.Wanted(count, readers, shard => costs[shard], budget);
                    var farthest = wanted.Count == 0 ? 0 : wanted.Max(Ahead);
                    return wanted.Sum(shard => costs[shard]) <= budget
                        && wanted.Distinct().Count() == wanted.Count
                        && Enumerable.Range(0, count).All(shard => Ahead(shard) >= farthest || wanted.Contains(shard));

                    int Ahead(int shard) => StreamSchedule.Ahead(count, readers, shard);
                }
            )
            .QuickCheckThrowOnFailure();
}
