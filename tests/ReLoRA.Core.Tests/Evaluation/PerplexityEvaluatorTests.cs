using ReLoRA.Core.Configuration;
using ReLoRA.Core.Evaluation;
using ReLoRA.Core.Models;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Evaluation;

public sealed class PerplexityEvaluatorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_domain_gives_the_mean_over_its_tokens()
    {
        // The logits have 32 bits.
        const double tolerance = 1e-5;
        using var scope = NewDisposeScope();
        using var inputs = CellInputs.Read(SmallRuns.Cell(folder, SmallRuns.Config));
        using var model = ModelFactory.Create(SmallRuns.Config, CPU);

        var result = new PerplexityEvaluator(inputs.Evaluation, maxRows: 0).Evaluate(model);

        Assert.Equal(["first", "second"], result.Domains.Select(domain => domain.Name));
        foreach (var (domain, source) in result.Domains.Zip(inputs.Evaluation.Domains))
        {
            var rows = (int)source.Data.RowCount;
            var (ids, labels) = TokenTensors.Read(source.Data, 0, rows, CPU);
            var expected = Golden.Loss(model, ids, labels).item<float>();
            Assert.Equal(expected, domain.Loss, tolerance);
            Assert.Equal(rows * 12, domain.Tokens);
            Assert.Equal(Math.Exp(domain.Loss), domain.Perplexity);
            Assert.Equal(rows, domain.RowNats.Count);
            foreach (var (row, nats) in domain.RowNats.Index())
            {
                var ofRow = Golden.Loss(model, ids.narrow(0, row, 1), labels.narrow(0, row, 1));
                Assert.Equal(12 * ofRow.item<float>(), nats, 12 * tolerance);
            }
        }
    }

    [Fact]
    public void The_mean_is_weighted_by_tokens_and_the_macro_average_is_not()
    {
        var result = new PerplexityResult([
            new EvalDomain("a", 1, Math.E, 30),
            new EvalDomain("b", 3, Math.Exp(3), 10),
        ]);

        Assert.Equal(1.5, result.Loss);
        Assert.Equal(Math.Exp(1.5), result.Perplexity);
        Assert.Equal(2, result.MacroLoss);
        Assert.Equal(Math.Exp(2), result.MacroPerplexity);
    }

    [Fact]
    public void Dropout_is_off_and_nothing_stays_alive()
    {
        using var inputs = CellInputs.Read(SmallRuns.Cell(folder, SmallRuns.ReLoRA(ResetSemantics.PaperSingleGpu)));
        using var parts = new RunParts(inputs);
        var first = parts.Evaluator.Evaluate(parts.Model);
        var before = LiveTensors.Count;

        Assert.Equal(first.Loss, parts.Evaluator.Evaluate(parts.Model).Loss);
        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void At_most_the_asked_rows_are_taken()
    {
        using var inputs = CellInputs.Read(SmallRuns.Cell(folder, SmallRuns.Config));
        using var model = ModelFactory.Create(SmallRuns.Config, CPU);

        var result = new PerplexityEvaluator(inputs.Evaluation, maxRows: 7).Evaluate(model);

        Assert.Equal([5L * 12, 7 * 12], result.Domains.Select(domain => domain.Tokens));
    }

    [Fact]
    public void A_folder_without_datasets_is_refused_with_the_remedy()
    {
        var fault = Assert.Throws<UserFaultException>(() =>
        {
            EvaluationCorpus.Open(folder.Path);
        });

        Assert.Contains("relora data build", fault.Message, StringComparison.Ordinal);
    }
}
