using ReLoRA.Scripting.Running;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class WorkerLogTailTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_message_of_a_fault_is_told_however_long_its_stack_is()
    {
        var stack = Enumerable.Range(0, 40).Select(i => $"   at Frame{i}()");
        var native = Enumerable.Range(0, 30).Select(i => $"frame #{i}: libtorch");

        var tail = Read([
            "earlier",
            "internal error, please report it:",
            "System.Exception: boom",
            .. native,
            .. stack,
        ]);

        Assert.Equal("internal error, please report it:", tail[0].Trim());
        Assert.Equal("System.Exception: boom", tail[1].Trim());
        Assert.Equal("at Frame39()", tail[^1].Trim());
        Assert.Equal(13, tail.Length);
    }

    [Fact]
    public void A_short_fault_comes_with_what_was_said_before_it() =>
        Assert.Equal(["one", "two", "error: no"], Read(["one", "two", "error: no"]).Select(line => line.Trim()));

    [Fact]
    public void Of_many_lines_without_a_fault_the_first_and_the_last_are_told() =>
        Assert.Equal("line 99", Read([.. Enumerable.Range(0, 100).Select(i => $"line {i}")])[^1].Trim());

    [Fact]
    public void Nothing_is_nothing() => Assert.Equal("", WorkerLogTail.Read(folder.File("none"), 0));

    private string[] Read(string[] lines)
    {
        File.WriteAllLines(folder.File("worker.log"), lines);
        return WorkerLogTail.Read(folder.File("worker.log"), 0).Split('\n');
    }
}
