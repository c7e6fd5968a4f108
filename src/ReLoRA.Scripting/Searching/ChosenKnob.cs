namespace ReLoRA.Scripting.Searching;

/// <summary>A knob that a trial chose, for its name.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Path">Where its value stands in the configuration; empty where <paramref name="Value"/> tells it.</param>
/// <param name="Value">Its value.</param>
internal sealed record ChosenKnob(string Name, string Path, string Value);
