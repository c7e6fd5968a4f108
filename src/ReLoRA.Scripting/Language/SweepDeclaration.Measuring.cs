using System.Runtime.CompilerServices;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language;

/// <content>What is measured while cells train. It is no part of a cell.</content>
public sealed partial class SweepDeclaration
{
    /// <summary>
    /// Measures the weights of every cell and partner while it trains; several calls add up. Probes are no part of a cell:
    /// changing them trains nothing again.
    /// </summary>
    /// <param name="probes">For example <c>EffectiveRank(every: 80)</c>.</param>
    /// <exception cref="Core.UserFaultException">A probe is null.</exception>
    public SweepDeclaration Probe(params DeclaredProbe[] probes)
    {
        if (probes is null || probes.Any(probe => probe is null))
            throw ScriptFault.At(
                Place,
                $"Sweep(\"{Title}\"): .Probe: a probe is null. Allowed: EffectiveRank(...) and the like."
            );
        this.probes.AddRange(probes);
        return this;
    }

    /// <summary>
    /// Sets what every cell and partner is evaluated on, in place of the preset's <c>Evaluation</c>. It is no part of a cell:
    /// changing it trains nothing again.
    /// </summary>
    /// <param name="perplexity">Folder of token datasets, one a domain. Default: the preset's.</param>
    /// <param name="every">Steps between evaluations; 0 evaluates at the start and the end only. Default: the preset's.</param>
    /// <param name="maxRows">Rows evaluated of each domain at most; 0 takes all. Default: the preset's.</param>
    /// <param name="pairs">Folder of minimal pairs; <c>""</c> evaluates none. Default: the preset's.</param>
    /// <param name="tokenizer">The <c>tokenizer.json</c> of the training data, which the pairs need. Default: the preset's.</param>
    /// <param name="aroundResets">Whether each reset is evaluated too, on both its sides. Default: the preset's.</param>
    /// <param name="tasks">Further evaluations, for example <c>[new("blimp", "blimp.tar.gz") { Samples = 20 }]</c>. Default: the preset's.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">An evaluation is given already.</exception>
    public SweepDeclaration Evaluate(
        string? perplexity = null,
        int? every = null,
        int? maxRows = null,
        string? pairs = null,
        string? tokenizer = null,
        bool? aroundResets = null,
        IEnumerable<EvaluationTask>? tasks = null,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    )
    {
        var place = new ScriptPlace(file, line);
        if (Evaluation is not null)
            throw ScriptFault.At(place, $".Evaluate: given already at {Evaluation.Place}. A sweep has one.");
        var preset = Preset.Evaluation ?? new EvaluationConfig();
        var config = preset with
        {
            Perplexity = perplexity ?? preset.Perplexity,
            Every = every ?? preset.Every,
            MaxRows = maxRows ?? preset.MaxRows,
            Pairs = pairs ?? preset.Pairs,
            Tokenizer = tokenizer ?? preset.Tokenizer,
            AroundResets = aroundResets ?? preset.AroundResets,
            Tasks = tasks is null ? preset.Tasks : [.. tasks],
        };
        Evaluation = new EvaluationRule(config, place);
        return this;
    }
}
