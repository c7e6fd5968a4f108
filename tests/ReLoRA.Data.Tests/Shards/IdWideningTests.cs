using System.Runtime.InteropServices;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Tests.Shards;

public sealed class IdWideningTests
{
    // Around the sixteen that are widened at once.
    public static TheoryData<int> Lengths { get; } = [0, 1, 15, 16, 17, 31, 32, 33, 129, 2049];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Ids_keep_their_values_and_the_largest_is_found_wherever_it_lies(int length)
    {
        for (var largest = 0; largest < Math.Max(1, length); largest += Math.Max(1, length / 7))
        {
            var ids = new ushort[length];
            for (var at = 0; at < length; at++)
                ids[at] = (ushort)(at == largest ? 65_535 : at * 31 % 60_000);
            var (widened, bare) = (new long[length], new long[length]);

            var most = IdWidening.Checked(MemoryMarshal.AsBytes(ids.AsSpan()), TokenType.Small, widened);
            IdWidening.Bare(MemoryMarshal.AsBytes(ids.AsSpan()), TokenType.Small, bare);

            Assert.Equal(ids.Select(id => (long)id), widened);
            Assert.Equal(widened, bare);
            Assert.Equal(length == 0 ? 0UL : 65_535UL, most);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_sum_is_that_of_the_words(int length)
    {
        var words = Enumerable.Range(1, length).Select(word => (long)word * 1_000_003).ToArray();
        Assert.Equal(words.Sum(), IdWidening.Sum(MemoryMarshal.AsBytes(words.AsSpan())));
    }
}
