using ReLoRA.Core;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class GpuChoiceTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData("2", null, "0,1")]
    [InlineData("all", null, "0,1,2,3")]
    [InlineData("3,", null, "3")]
    [InlineData("0, 2", null, "0,2")]
    [InlineData("2", "5,6,7,8", "5,6")]
    [InlineData("1,3", "5,6,7,8", "6,8")]
    [InlineData("GPU-8932f937", null, "GPU-8932f937")]
    public void Gpus_are_counted_or_named(string text, string? visible, string expected) =>
        Assert.Equal(expected, string.Join(',', GpuChoice.Parse(text).Resolve(visible, () => 4)));

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("1,1")]
    [InlineData(",")]
    public void What_names_no_gpu_is_told(string text) =>
        Assert.StartsWith(
            $"--gpus is '{text}'; allowed: a count",
            Assert.Throws<UserFaultException>(() => GpuChoice.Parse(text)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_machine_without_gpus_is_told_at_once()
    {
        var fault = Assert.Throws<UserFaultException>(() => GpuChoice.Parse("2").Resolve(null, () => 0));
        Assert.StartsWith(
            "--gpus asks for 2 GPUs; this machine shows 0 to libtorch. Ask for fewer, leave --gpus out",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.Throws<UserFaultException>(() => GpuChoice.Parse("all").Resolve("", () => 0));
        Assert.Throws<UserFaultException>(() => GpuChoice.Parse("0,7").Resolve(null, () => 4));
    }

    [Fact]
    public async Task Each_worker_has_one_gpu_of_its_own()
    {
        var plan = await fixture.PlanAsync(".Seeds(count: 4)");
        var both = new TaskCompletionSource();
        FakeLauncher? launcher = null;
        launcher = new FakeLauncher(
            async (cell, _) =>
            {
                if (launcher!.Gpus.Count >= 2)
                    both.TrySetResult();
                await both.Task;
                return FakeWorker.Finish(cell);
            }
        );
        var options = new RunOptions
        {
            Threads = 1,
            Device = "cuda",
            Gpus = ["5", "7"],
        };
        Assert.Equal((2, 1), options.Resolve(4, 1));
        await fixture.RunAsync(plan, launcher, options);
        Assert.Equal(["5", "7"], launcher.Gpus.Take(2).Order());
        Assert.All(launcher.Starts, start => Assert.Equal("cuda", start.Execution.Device));
    }
}
