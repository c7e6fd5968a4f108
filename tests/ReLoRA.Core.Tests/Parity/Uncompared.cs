using System.Text.RegularExpressions;

namespace ReLoRA.Core.Tests.Parity;

/// <summary>Why a recorded tensor or number is not compared. Everything else must be.</summary>
internal static class Uncompared
{
    /// <summary>What stands in the document where a test is missing.</summary>
    public const string NoReason = "NO REASON KNOWN: a comparison is missing.";

    private const string Input = "Input: put into the model or the run.";
    private const string Setting = "A setting of the recording; the test's configuration repeats it.";
    private const string Own = "The published code against itself in another precision or way of computing.";
    private const string Draw = "A draw of the published generator, where ours is another one.";

    private static readonly IReadOnlyList<(string File, string Entry, string Reason)> Reasons =
    [
        ("weights_(hf_)?f32|batch(es)?\\.|ab_f32|A0_|A_reinit", "", Input),
        ("config\\.json", "", Setting),
        ("behaviours", "", "Faults of the published code at its edges; what this lab does there has tests of its own."),
        ("outputs_.*", "linear_.*\\.bias|linear_.*\\.(W|A|B|x|grad_out)$", Input),
        ("outputs_.*", "grad_bias", "Linears here have no bias."),
        ("decoder/.*results", "max_abs_diff|kv_cache|parameters", Own + " Numbers of elements follow from the shapes."),
        ("scores", "pairs\\[\\d+\\]\\.(good|bad)\\[|sequences|pad_id|start_token_id", Input),
        ("scores", "WRONG", "Left padding, which is recorded as a warning and not as a target."),
        ("scores", "accuracy|disagreements", "Counts over the margins, which are compared one by one."),
        ("scores", "max_abs_diff", Own),
        ("metrics/matrices", "", Input),
        ("metrics", "shape", Setting),
        ("metrics", "2\\^24", Draw),
        (
            "metrics",
            "pwcca_parts\\.weights",
            "Weights of correlations that are all equal, or of a rank-deficient source: which directions they belong to is rounding."
        ),
        (
            "metrics",
            "pwcca_parts\\.cca",
            "Of a rank-deficient source: correlations with rounding stand among them. Ours are those over the rank."
        ),
        ("magnitude", "^input", Input),
        ("adam_state", "^before|\\.step", Input),
        ("adam_state", "p2|step", "Parameters that the reset leaves alone."),
        (
            "optimizer_reset/results",
            "random|reset_on_relora",
            Draw + " Its share is compared in 32 bits; here masks are drawn in 32 bits for every type."
        ),
        (
            "optimizer_reset/results",
            "step_counter|p2|kept_mask",
            "Parameters and counters that the reset leaves alone, or counts of a mask that is compared."
        ),
        ("variants", "config|\\.relora\\.", Setting),
        ("variants", "A_after", Draw),
        ("variants", "max_abs_diff_f32", Own),
        (
            "variants",
            "modes.*lora_only|lora_only.*modes",
            "The published merge of this variant does nothing; here LoRA is never merged."
        ),
        (
            "guitaricet/results",
            "parameters|counts",
            "Their wrapper's names and counts; ours are compared with relora-pico's."
        ),
        (
            "guitaricet/results",
            "scaling_after|grad_l2_right_after",
            "A published fault: the trained scale restarts at zero and is dead; here it restarts at 1."
        ),
        ("guitaricet/results", "max_abs|alpha|\\.r$", Own),
        ("guitaricet/results", "functional", Own),
        ("runs", "hyperparameters|scheduler_config|\\.relora\\.|optimizer\\.", Setting),
        ("runs", "update_index", Setting),
        ("training/runs", "micro_losses|plain_accum2", "Losses of micro-batches: their mean is compared."),
        ("runs", "max_abs_param_diff|max_abs_differences", Own),
        ("runs", "zero_weights.*final_param_l2", Draw),
        (
            "runs",
            "lora_._max_abs|max_abs_W|nonzero_state|zeroed|step_counter|max_abs_B_at_A|max_abs_residual",
            "Follows from weights that are compared, or from moments that are exactly zero."
        ),
        ("runs", "after_next_update", "Distances between snapshots that are compared themselves."),
        ("guitaricet", "config", Setting),
        (
            "guitaricet",
            "cosine_restarts\\[[34]\\]",
            "Runs with adjust_step, a shift of the cosine inside a cycle that has no counterpart here."
        ),
        ("guitaricet", "steps_compared|max_abs", Own),
        ("schedules/pico", "config", Setting),
        ("init_seed42", "seed", Setting),
    ];

    /// <summary>The reason, or that there is none.</summary>
    public static string ReasonOf(string file, string entry) =>
        Reasons
            .Where(known => Regex.IsMatch(file, known.File) && Regex.IsMatch(entry, known.Entry))
            .Select(known => known.Reason)
            .FirstOrDefault(NoReason);
}
