using ReLoRA.Results.Runs;

namespace ReLoRA.Results.Tests.Runs;

public sealed class AtOnceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(10_000)]
    public void Results_stand_in_the_order_of_the_items(int count)
    {
        var items = Enumerable.Range(0, count).ToList();
        Assert.Equal(items.Select(item => 3 * item), AtOnce.Select(items, item => 3 * item));
    }

    [Fact]
    public void The_first_fault_in_the_order_of_the_items_is_thrown_as_it_is()
    {
        var fault = Assert.Throws<FormatException>(() =>
            AtOnce.Select(
                [.. Enumerable.Range(0, 1000)],
                item => item >= 500 ? throw new FormatException($"item {item}") : item
            )
        );
        Assert.Equal("item 500", fault.Message);
    }
}
