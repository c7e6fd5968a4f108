using ReLoRA.Core;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Tests.Planning;

public sealed class RunCeilingTests
{
    [Fact]
    public void More_cells_than_the_ceiling_need_a_yes()
    {
        new RunCeiling().Require(500, 1);
        new RunCeiling(Yes: true).Require(501, 1);
        Assert.Equal(
            "501 cells with 1,000,000 tokens are to be trained; allowed: at most 500 (--max-runs). Nothing was trained. Take fewer (--only, or the script), "
                + "or say that they are meant: --yes.",
            Assert.Throws<UserFaultException>(() => new RunCeiling().Require(501, 1_000_000)).Message
        );
        Assert.Throws<UserFaultException>(() => new RunCeiling(0).Require(0, 0));
    }
}
