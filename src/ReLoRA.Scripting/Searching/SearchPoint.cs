using System.Globalization;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Searching;

/// <summary>One combination that a search chose.</summary>
/// <param name="Config">The configuration.</param>
/// <param name="Set">What calls set in it, for messages.</param>
/// <param name="Values">The value of each dimension that was asked for.</param>
/// <param name="Chosen">The knobs that were chosen.</param>
internal sealed record SearchPoint(
    RunConfig Config,
    string Set,
    IReadOnlyDictionary<string, double> Values,
    IReadOnlyList<ChosenKnob> Chosen
)
{
    /// <summary>What was chosen and has an effect, by name: <c>LearningRate</c> and <c>0.003</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Knobs()
    {
        var idle = ConfigNormalizer.Ineffective(Config).ToHashSet();
        return
        [
            .. Chosen
                .Where(knob => !idle.Contains(knob.Path))
                .DistinctBy(knob => (knob.Name, knob.Path))
                .Select(knob => KeyValuePair.Create(knob.Name, Text(knob))),
        ];
    }

    /// <summary>The knobs in one line: <c>ReLoRA LearningRate=0.003</c>.</summary>
    public string Label() =>
        string.Join(' ', Knobs().Select(knob => knob.Key == "Method" ? knob.Value : $"{knob.Key}={knob.Value}"));

    private string Text(ChosenKnob knob) =>
        knob.Path.Length == 0
            ? knob.Value
            : string.Create(CultureInfo.InvariantCulture, $"{KnobTree.Get(Config, knob.Path)}");
}
