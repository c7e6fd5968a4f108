using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class RunChoiceSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string script;

    public RunChoiceSpecs() => script = SmallSweep.Write(folder, seeds: 2);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--only", "nothing like this", "--only 'nothing like this' matches none of the 4 cells")]
    [InlineData("--max-runs", "3", "4 cells with 61,440 tokens are to be trained; allowed: at most 3 (--max-runs).")]
    [InlineData("--hang-after", "2s", "--hang-after is '2s'; allowed: off, or a time of at least 6 seconds")]
    [InlineData("--hang-after", "soon", "--hang-after is 'soon'; allowed: off")]
    [InlineData("--gpus", "1,1", "--gpus is '1,1'; allowed: a count (2), all, or GPUs by number")]
    public void What_a_run_cannot_do_is_told_before_anything_trains(string option, string value, string message)
    {
        ReloraInProcess.Run(folder, "run", script, option, value).ShouldBeFault(message);
        Assert.False(Directory.Exists(folder.File("runs")));
    }

    [Fact]
    public void Gpus_and_a_processor_are_not_both() =>
        ReloraInProcess
            .Run(folder, "run", script, "--gpus", "1", "--device", "cpu")
            .ShouldBeFault("--gpus trains on GPUs, and --device is cpu. Give one of the two.");

    [Fact]
    public void Gpus_that_are_not_there_are_told()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "This machine has a GPU.");
        ReloraInProcess
            .Run(folder, "run", script, "--gpus", "2")
            .ShouldBeFault("--gpus asks for 2 GPUs; this machine shows 0 to libtorch");
    }
}
