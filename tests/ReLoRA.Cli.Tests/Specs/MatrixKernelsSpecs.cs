using ReLoRA.Core.Native;
using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class MatrixKernelsSpecs : IDisposable
{
    /// <summary>Sums in another order differ by 1e-7 of themselves, and 30 steps of AdamW make some 1e-6 of it in a loss.</summary>
    private const double Rounded = 1e-4;

    private static readonly Dictionary<string, string> Asked = new() { [MatrixKernels.Variable] = "processor" };

    private readonly TemporaryFolder here = new();
    private readonly TemporaryFolder there = new();

    public void Dispose()
    {
        here.Dispose();
        there.Dispose();
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_run_that_goes_by_the_processors_instructions_learns_the_same_and_says_so()
    {
        using var usual = Relora.Start(here, "run", SmallSweep.Write(here, steps: 30), "--threads", "1");
        using var asked = Relora.Start(there, Asked, "run", SmallSweep.Write(there, steps: 30), "--threads", "1");
        usual.Wait().ShouldSucceed();
        asked.Wait().ShouldSucceed();

        foreach (var (one, other) in SmallSweep.Logs(here).Zip(SmallSweep.Logs(there)))
        {
            Assert.False(one.Records<RunRecord>().Single().Measured.ContainsKey("mkl"));
            Assert.Equal("processor", other.Records<RunRecord>().Single().Measured["mkl"]);
            Assert.All(other.Records<ResetRecord>(), reset => Assert.Equal("kept", reset.Verdict));
            var losses = one.Records<StepRecord>().Zip(other.Records<StepRecord>()).ToList();
            Assert.Equal(30, losses.Count);
            Assert.All(losses, step => Assert.Equal(step.First.Loss, step.Second.Loss, Rounded));
        }
    }

    [Fact]
    public void The_doctor_says_whether_they_are_in_effect()
    {
        using var doctor = Relora.Start(here, Asked, "doctor");

        Assert.Contains(
            "MKL goes by the processor's instructions, as asked",
            doctor.Wait().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Another_value_is_refused()
    {
        using var command = Relora.Start(
            here,
            new Dictionary<string, string> { [MatrixKernels.Variable] = "avx" },
            "doctor"
        );
        var result = command.Wait();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("RELORA_MKL is 'avx'; allowed: processor", result.Errors, StringComparison.Ordinal);
    }
}
