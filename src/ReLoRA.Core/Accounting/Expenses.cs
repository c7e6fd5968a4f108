namespace ReLoRA.Core.Accounting;

/// <summary>What a run has spent on each activity, in all its sittings; what a killed one did after its last checkpoint is lost, here too. Part of a checkpoint.</summary>
public sealed record Expenses
{
    /// <summary>On forward, backward and update. Default: nothing.</summary>
    public Spent Training { get; init; } = Spent.Nothing;

    /// <summary>On evaluations. Default: nothing.</summary>
    public Spent Evaluation { get; init; } = Spent.Nothing;

    /// <summary>On probes. Default: nothing.</summary>
    public Spent Probing { get; init; } = Spent.Nothing;

    /// <summary>On resets. Default: nothing.</summary>
    public Spent Resetting { get; init; } = Spent.Nothing;

    /// <summary>On checkpoints. Default: nothing.</summary>
    public Spent Saving { get; init; } = Spent.Nothing;

    /// <summary>Floating-point operations of training, by <see cref="TrainingCost"/>. Default: 0.</summary>
    public double TrainingOperations { get; init; }

    /// <summary>Those of evaluating held-out text. Default: 0.</summary>
    public double EvaluationOperations { get; init; }

    /// <summary>Each activity with what was spent on it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<(Activity Activity, Spent Spent)> ByActivity =>
        [
            (Activity.Training, Training),
            (Activity.Evaluation, Evaluation),
            (Activity.Probing, Probing),
            (Activity.Resetting, Resetting),
            (Activity.Saving, Saving),
        ];

    /// <summary>Adds to one of them.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="spent">What was spent on it.</param>
    public Expenses With(Activity activity, Spent spent) =>
        activity switch
        {
            Activity.Training => this with { Training = Training.Plus(spent) },
            Activity.Evaluation => this with { Evaluation = Evaluation.Plus(spent) },
            Activity.Probing => this with { Probing = Probing.Plus(spent) },
            Activity.Resetting => this with { Resetting = Resetting.Plus(spent) },
            _ => this with { Saving = Saving.Plus(spent) },
        };
}
