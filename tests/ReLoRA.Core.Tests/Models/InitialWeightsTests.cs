using System.Text.Json.Nodes;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Dynamics.Measured;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Models;

/// <summary>The initial weights of the published runs, which are those of seed 42.</summary>
public sealed class InitialWeightsTests
{
    /// <summary>Norms are recorded in full; they were summed in another order, perhaps in 32 bits.</summary>
    private const double Norms = 1e-6;

    /// <summary>Figures are recorded with six digits: half a unit of the last one.</summary>
    private const double Digits = 1e-5;

    private const double Epsilon = 1.1920928955078125e-7;

    [Theory]
    [InlineData("tiny")]
    [InlineData("small", Traits = ["Category", "Slow"])]
    public void Seed_42_gives_the_initial_weights_of_the_published_run(string size)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.SharedJson("reference", "init_seed42_golden.json")[size]!;
        using var model = ModelFactory.Create(size == "tiny" ? Presets.PicoTiny : Presets.PicoSmall, CPU);

        foreach (var (name, values) in golden["first_values_fp32"]!.AsObject())
        {
            var first = model.Parameters[name].Value.flatten().narrow(0, 0, 4).data<float>().ToArray();
            // The values are recorded with nine digits, which name a 32-bit number exactly.
            Assert.Equal(values!.AsArray().Select(value => (float)(double)value!), first);
            foreach (var (value, found) in values.AsArray().Zip(first))
                Golden.Near(value!, found, Norms, isRelative: true);
        }
        foreach (var (name, norm) in golden["fro_norm_fp32"]!.AsObject())
        {
            var found = model.Parameters[name].Value.to(float64).norm().item<double>();
            Golden.Near(norm!, found, Norms, isRelative: true);
        }
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("small", Traits = ["Category", "Slow"])]
    public void Their_effective_ranks_and_condition_numbers_are_the_published_ones(string size)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var golden = Golden.SharedJson("reference", "init_seed42_golden.json")[size]!["per_layer"]!;
        using var model = ModelFactory.Create(size == "tiny" ? Presets.PicoTiny : Presets.PicoSmall, CPU);

        foreach (var name in new[] { "swiglu.w_2", "attention.v_proj", "attention.o_proj" })
        {
            // As recorded: of the weights in bf16, and read from 32 bits.
            var spectra = Enumerable
                .Range(0, model.Blocks.Count)
                .Select(layer => model.Parameters[$"layers.{layer}.{name}.weight"].Value.to(bfloat16))
                .Select(weight => Spectrum.Of(weight.to(float32), Epsilon))
                .ToList();
            AssertFigures(golden[name]!, "per", "per_mean", spectra.Select(EffectiveRank.Of));
            AssertFigures(golden[name]!, "condition_number", "cn_mean", spectra.Select(ConditionNumber.Of));
        }
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("small", Traits = ["Category", "Slow"])]
    public void So_are_those_of_their_output_value_circuits_in_the_published_form(string size)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var golden = Golden.SharedJson("reference", "init_seed42_golden.json")[size]!["per_layer"]!;
        using var model = ModelFactory.Create(size == "tiny" ? Presets.PicoTiny : Presets.PicoSmall, CPU);

        var recorded = golden["ov_circuit(weights, pico-analyze shape hd x 12hd)"]!;
        // The published product is one of bfloat16 matrices, which rounds it again.
        foreach (var linear in model.Linears)
        {
            var weight = model.Parameters[$"{linear.Name}.weight"].Value;
            weight.copy_(weight.to(bfloat16));
        }
        using var source = new ModelSource(model, new Surroundings());
        var spectra = source
            .Names(ProbeTarget.OvCircuitPublished)
            .Select(layer =>
                source.Of(ProbeTarget.OvCircuitPublished, layer, 0).Single(found => found.Name == $"{layer}.ov")
            )
            .Select(found => Spectrum.Of(found.Value().to(bfloat16).to(float32), Epsilon))
            .ToList();
        AssertFigures(recorded, "per", "per_mean", spectra.Select(EffectiveRank.Of));
        AssertFigures(recorded, "condition_number", "cn_mean", spectra.Select(ConditionNumber.Of));
    }

    private static void AssertFigures(
        JsonNode recorded,
        string figure,
        string mean,
        IEnumerable<SpectrumFigure> figures
    )
    {
        var found = figures.Select(value => value.Value).ToList();
        foreach (var (expected, value) in recorded[figure]!.AsArray().Zip(found))
            Golden.Near(expected!, value, Allowed(value), isRelative: true);
        Golden.Near(recorded[mean]!, found.Average(), Allowed(found.Max()), isRelative: true);

        // The recorded ones come from an SVD in 32 bits, whose rounding a condition number magnifies.
        static double Allowed(double value) => Math.Max(Digits, 1e-6 * value);
    }
}
