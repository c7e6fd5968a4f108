using ReLoRA.Scripting.Estimating;
using ReLoRA.Scripting.Tests.Running;

namespace ReLoRA.Scripting.Tests.Estimating;

public sealed class EvaluationLoadTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData(".Evaluate(every: 0, maxRows: 8)", 2)]
    [InlineData(".Evaluate(every: 80, maxRows: 8)", 5)]
    [InlineData(".Evaluate(every: 100, maxRows: 8)", 5)]
    [InlineData(".Evaluate(every: 320, maxRows: 8)", 2)]
    public async Task Each_evaluation_reads_each_domain_up_to_its_limit(string calls, int evaluations)
    {
        var cell = (await fixture.PlanAsync(calls)).Cells[0];

        Assert.Equal(
            evaluations * cell.Datasets.EvaluationRows.Count * 8 * cell.Config.Data.SequenceLength,
            EvaluationLoad.Tokens(cell)
        );
    }
}
