using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Dynamics;

[Collection(DefaultGenerator.Collection)]
public sealed class ProbedLinearTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_cosine_compares_directions_and_is_no_number_where_there_is_none()
    {
        var values = Values(
            ("same", p => p.Weight.Cosine(p.Effective)),
            ("initial", p => p.Weight.Cosine(p.Initial.Weight)),
            ("zero", p => p.Weight.Cosine(p.Initial.Update)),
            ("scaled", p => p.ResetUpdate.Cosine(p.Adapter))
        );
        Assert.All(values["same"], cosine => Assert.Equal(1, cosine, 1e-12));
        Assert.Equal(1, values["initial"][0], 1e-12);
        Assert.InRange(values["initial"][^1], 0.5, 1 - 1e-6);
        Assert.All(values["zero"], cosine => Assert.Equal(double.NaN, cosine));
        Assert.Equal(double.NaN, values["scaled"][0]);
        // Their common factor, alpha / rank, is no direction.
        Assert.Equal(1, values["scaled"][^1], 1e-6);
    }

    [Fact]
    public void An_overlap_with_what_is_not_there_is_no_number() =>
        Assert.Equal(double.NaN, Values(("overlap", p => p.Weight.Overlap(p.StepUpdate, 2)))["overlap"][0]);

    [Theory]
    [InlineData(
        "step",
        "layers.0.attention.q_proj has no numbers here: no update yet. Where its Finding is not empty, return double.NaN."
    )]
    [InlineData("heads", "Attention is of attention heads, and layers.0.attention.q_proj is a linear.")]
    [InlineData("past", "AdamW's moments need its state, and none is given.")]
    public void What_there_is_none_of_is_told(string name, string reason)
    {
        Func<ProbedLinear, double> figure = name switch
        {
            "step" => p => p.StepUpdate.Tensor.sum().item<double>(),
            "heads" => p => p.Of(ProbeTarget.Attention).Norm(),
            _ => p => p.Initial.FirstMoments.Count,
        };
        var log = Run((name, figure));
        Assert.Contains(
            $"probe {name} failed after step 0 (step) and is off: {reason}",
            log.Records<NoteRecord>().Select(note => note.Text)
        );
    }

    /// <summary>The figures of the first linear, at every moment.</summary>
    private Dictionary<string, List<double>> Values(
        params (string Name, Func<ProbedLinear, double> Figure)[] figures
    ) =>
        Run(figures)
            .Records<ProbeRecord>()
            .GroupBy(record => record.Name)
            .ToDictionary(records => records.Key, records => records.Select(record => record.Values[0].Value).ToList());

    private RunLog Run(params (string Name, Func<ProbedLinear, double> Figure)[] figures)
    {
        var probes = figures.Select(figure => new ProbeConfig { Metric = ProbeMetric.Script, Figure = figure.Name });
        var config = SmallRuns.ReLoRA(ResetSemantics.Exact) with { Probes = [.. probes] };
        var cell = SmallRuns.Cell(folder, config);
        CellWorker.Work(
            cell,
            new StopSignal(),
            TimeProvider.System,
            _ => new Figures(figures.ToDictionary(one => one.Name, one => one.Figure))
        );
        return RunLogReader.Read(cell.LogPath);
    }

    private sealed class Figures(IReadOnlyDictionary<string, Func<ProbedLinear, double>> known) : IScriptFigures
    {
        public Func<ProbedLinear, ProbeFigure> Find(string probe) => linear => new ProbeFigure(known[probe](linear));
    }
}
