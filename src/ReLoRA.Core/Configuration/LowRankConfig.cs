namespace ReLoRA.Core.Configuration;

/// <summary>The low-rank method and its resets. Full rank unless <see cref="Method"/> says otherwise.</summary>
public sealed record LowRankConfig
{
    /// <summary>Full rank, or for example ReLoRA: <c>y = Wx + (alpha/rank) B A x</c> with <c>W</c> frozen. Default: full rank.</summary>
    public LowRankMethod Method { get; init; } = LowRankMethod.FullRank;

    /// <summary>Rank of the adapters, where <see cref="Ranks"/> says nothing else. Default: 16.</summary>
    [Knob(Minimum = 1, Maximum = 65_536)]
    public int Rank { get; init; } = 16;

    /// <summary>Numerator of the adapters' scale <c>alpha / rank</c>. Default: 32.</summary>
    [Knob(Minimum = 0, ExclusiveMinimum = true)]
    public double Alpha { get; init; } = 32;

    /// <summary>What multiplies the adapters' product. Default: <see cref="AdapterScaling.Fixed"/>, alpha / rank.</summary>
    [Knob(OmittedAtDefault = true)]
    public AdapterScaling Scaling { get; init; } = AdapterScaling.Fixed;

    /// <summary>
    /// Whether the frozen weights keep their initial values. If not, they begin at zero; with <see cref="LowRankMethod.LoRA"/>
    /// the adapters are then all there is ("lora only"). With adapters that start at B = 0 such a model never leaves zero.
    /// Default: yes.
    /// </summary>
    [Knob(OmittedAtDefault = true)]
    public bool KeepWeights { get; init; } = true;

    /// <summary>
    /// Full-rank steps before the first cycle: the weights train, then they are frozen, the adapters begin, and the optimizer
    /// with them. Resets and the jagged schedule count from there. Default: 0, none.
    /// </summary>
    [Knob(Unit = "steps", Minimum = 0, OmittedAtDefault = true)]
    public int WarmStartSteps { get; init; }

    /// <summary>Ranks by linear and by cycle. Default: <see cref="Rank"/> everywhere and always.</summary>
    [Knob(OmittedAtDefault = true)]
    public RankConfig Ranks { get; init; } = new();

    /// <summary>
    /// Parts of the model whose linears get adapters: any linear whose name contains one of these, for example
    /// <c>attention</c> or <c>layers.0.swiglu.w_2</c>, or whose whole name matches one with <c>*</c> for any text, for example
    /// <c>layers.*.q_proj</c>. Embedding, output head, norms and biases always train. The word <c>swiglu</c> alone stands for the
    /// feed-forward layer of any architecture (<c>mlp</c> in <see cref="Architecture.NeoX"/>).
    /// Default: <c>attention</c> and <c>swiglu</c>, all linears of a block.
    /// </summary>
    public EquatableList<string> Targets { get; init; } = ["attention", "swiglu"];

    /// <summary>
    /// Steps between two resets (merge, re-initialisation, optimizer-state reset). The jagged schedule restarts with the same
    /// period, in full-rank runs too. Default: 2,000.
    /// </summary>
    [Knob(Unit = "steps", Minimum = 1)]
    public int ResetEvery { get; init; } = 2000;

    /// <summary>What a reset does, in every point on which published implementations differ. Default: <see cref="ResetSemantics.Exact"/>.</summary>
    public ResetSemantics Semantics { get; init; } = ResetSemantics.Exact;

    /// <summary>The adapters' scale <c>alpha / rank</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double Scale => Alpha / Rank;

    /// <summary>Whether the method puts something in a linear's place.</summary>
    /// <param name="linear">The linear's published name.</param>
    public bool IsTarget(string linear) => RankRule.First(this, linear) > 0;
}
