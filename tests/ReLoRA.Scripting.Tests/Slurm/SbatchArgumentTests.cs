using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class SbatchArgumentTests
{
    [Theory]
    [InlineData("--exclude=node7")]
    [InlineData("--exclude node7")]
    [InlineData("--exclusive")]
    [InlineData("-xnode7")]
    [InlineData("-x node7")]
    [InlineData("-Cgpu")]
    [InlineData("-H")]
    [InlineData("--nice")]
    [InlineData("--mem-per-cpu=2G")]
    [InlineData("--nodelist=node1")]
    [InlineData("--qos=long")]
    [InlineData("--gres=gpu:a100:1")]
    public void What_relora_does_not_set_is_the_users_own(string argument) =>
        Assert.Null(SbatchArgument.Fault(argument));

    [Theory]
    [InlineData("--array=0-9", "--array is set")]
    [InlineData("-a0-9", "-a is set")]
    [InlineData("-N2", "-N is set")]
    [InlineData("--arr=0-9", "--array is set")]
    [InlineData("--out x", "--output is set")]
    public void What_relora_sets_is_refused_however_it_is_written(string argument, string told) =>
        Assert.Contains(told, SbatchArgument.Fault(argument), StringComparison.Ordinal);

    [Theory]
    [InlineData("--partition=high", "--partition")]
    [InlineData("-phigh", "--partition")]
    [InlineData("--part=high", "--partition")]
    [InlineData("-t3", "--time")]
    [InlineData("--time=3", "--time")]
    [InlineData("-c4", "--cpus")]
    [InlineData("--cpus=4", "--cpus")]
    [InlineData("-G1", "--gpus")]
    [InlineData("--gpus=1", "--gpus")]
    [InlineData("--mem=1G", "--mem")]
    [InlineData("-Alab", "--account")]
    [InlineData("-W", "--wait")]
    [InlineData("--test-only", "--dry-run")]
    public void What_has_an_option_of_its_own_is_refused_with_its_name(string argument, string own) =>
        Assert.EndsWith($" Leave it out, and give {own}.", SbatchArgument.Fault(argument), StringComparison.Ordinal);

    [Theory]
    [InlineData("--hold --array=0-7")]
    [InlineData("-x node7 -a0-7")]
    [InlineData("-Ha0-7")]
    [InlineData("exclude")]
    [InlineData("--")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("--hold\n#SBATCH --array=0-7")]
    public void It_is_one_option(string argument) =>
        Assert.Contains("allowed: one option of sbatch", SbatchArgument.Fault(argument), StringComparison.Ordinal);
}
