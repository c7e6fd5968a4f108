using System.Runtime.InteropServices;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Tests.Shards;

public sealed class IdNarrowingTests
{
    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var from in TokenType.OfSources)
        {
            foreach (var to in TokenType.OfShards)
                pairs.Add(from, to);
        }
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_length_and_place_is_stored_and_checked(string from, string to)
    {
        foreach (var length in new[] { 1, 2, 15, 16, 17, 31, 32, 33, 64, 100, 129 })
        {
            var ids = Enumerable.Range(0, length).Select(at => (long)(at * 37 % 1000)).ToArray();
            var stored = new byte[length * TokenType.BytesOf(to)];
            Assert.Equal(-1, IdNarrowing.Store(Bytes(ids, from), from, stored, to, 1000));
            Assert.Equal(ids, Enumerable.Range(0, length).Select(at => IdNarrowing.At(stored, to, at)));
            for (var at = 0; at < length; at++)
            {
                foreach (var wrong in Wrong(from))
                {
                    var changed = (long[])ids.Clone();
                    changed[at] = wrong;
                    Assert.Equal(at, IdNarrowing.Store(Bytes(changed, from), from, stored, to, 1000));
                }
            }
        }
    }

    private static long[] Wrong(string type) =>
        type switch
        {
            TokenType.Small => [1000, ushort.MaxValue],
            TokenType.SmallSigned => [1000, -1, short.MinValue],
            TokenType.Wide => [1000, -1, 65_536, int.MinValue],
            TokenType.WideUnsigned => [1000, 65_536, uint.MaxValue],
            _ => [1000, -1, 65_536, 1L << 32, long.MinValue],
        };

    private static byte[] Bytes(long[] ids, string type) =>
        type switch
        {
            TokenType.Small => Of(ids, id => (ushort)id),
            TokenType.SmallSigned => Of(ids, id => (short)id),
            TokenType.Wide => Of(ids, id => (int)id),
            TokenType.WideUnsigned => Of(ids, id => (uint)id),
            _ => Of(ids, id => id),
        };

    private static byte[] Of<T>(long[] ids, Func<long, T> convert)
        where T : unmanaged => MemoryMarshal.AsBytes(ids.Select(convert).ToArray().AsSpan()).ToArray();
}
