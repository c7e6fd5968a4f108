/// A sweep that measured everything that the study did: full rank and ReLoRA, two seeds each.
module ReLoRA.Analysis.Tests.Report.Paper.PaperSweep

open ReLoRA.Analysis.Tests
open ReLoRA.Results.Log
open ReLoRA.Results.Runs

let private sources =
    [
        "c4_en"
        "gab"
        "mc4"
        "ptb"
        "redpajama"
        "wikitext_103"
        "falcon-refinedweb"
        "dolma-v1_5"
    ]

let private terms =
    [
        "anaphor_agreement"
        "argument_structure"
        "binding"
        "control_raising"
        "determiner_noun_agreement"
        "ellipsis"
        "filler_gap_dependency"
        "irregular_forms"
        "island_effects"
        "npi_licensing"
        "quantifiers"
        "s-selection"
        "subject_verb_agreement"
    ]

let private figure group name metric value =
    TaskFigure(group, name, metric, value, 100L, System.Nullable())

let private perplexity step value =
    TaskRecord(
        Step = step,
        Tokens = step * 512L,
        Name = "perplexity",
        Data = "paloma",
        Moment = "step",
        Items = 100L,
        Figures =
            [|
                figure "overall" "" "perplexity" (0.9 * value)
                figure "overall" "" "study_perplexity" value
                for source in sources do
                    figure "source" source "perplexity" value
            |]
    )

let private blimp step value =
    TaskRecord(
        Step = step,
        Tokens = step * 512L,
        Name = "blimp",
        Data = "blimp.tar.gz",
        Moment = "step",
        Items = 1300L,
        Figures =
            [|
                figure "overall" "" "accuracy" value
                for index, term in List.indexed terms do
                    figure "term" term "accuracy" (value + 0.01 * float index)
            |]
    )

let private probe step metric of' suffix (value: float) =
    ProbeRecord(
        Step = step,
        Tokens = step * 512L,
        Name = $"{metric} {of'}",
        Metric = metric,
        Of = of',
        Moment = "step",
        Values =
            [|
                for layer in 0..3 do
                    ProbeValue(
                        $"layers.{layer}.{suffix}",
                        (if value = 0.0 then nan else value + 0.01 * float layer),
                        (if value = 0.0 then "zero matrix" else "")
                    )
            |]
    )

let private cell (runs: string) id semantics seed (shift: float) =
    let updates = if semantics = "" then "gradient" else "adapter"

    SampleSweep.write
        runs
        id
        [
            SampleSweep.run id semantics seed
            for step in [ 0L; 2L; 4L ] do
                if step > 0L then
                    SampleSweep.step (step - 1L) 1000.0
                    SampleSweep.step step 1000.0

                SampleSweep.eval step (4.0 - 0.1 * float step + shift) 4.0
                perplexity step (300.0 - 20.0 * float step + 10.0 * shift)
                blimp step (0.5 + 0.02 * float step - 0.1 * shift)
                probe step "effective_rank" "frozen_weight" "swiglu.w_2" (0.9 - 0.01 * float step)
                probe step "condition_number" "frozen_weight" "swiglu.w_2" (3.0 + float step)
                probe step "effective_rank" "ov_circuit_published" "attention.ov" 0.98
                probe step "effective_rank" updates "swiglu.w_2" (if step = 0L then 0.0 else 0.2)
                probe step "condition_number" updates "swiglu.w_2" (if step = 0L then 0.0 else 2.0)
                probe step "raw_condition_number" updates "swiglu.w_2" (if step = 0L then 0.0 else 2e4)
                probe step "effective_rank" "cumulative_update" "attention.q_proj" 0.5
                probe step "raw_condition_number" "reset_update" "swiglu.w_2" 0.0
            if semantics <> "" then
                SampleSweep.reset 1 semantics 1e-6 "kept"
            SampleSweep.final "finished"
        ]

let write (runs: string) =
    cell runs "f1" "" "1" 0.0
    cell runs "x1" "Exact" "1" 0.5
    cell runs "f2" "" "2" 0.01
    cell runs "x2" "Exact" "2" 0.52

    SampleSweep.plan
        runs
        "study"
        [
            SweepCell("f1", "full rank, seed 1", "full rank", "1", "")
            SweepCell("x1", "ReLoRA, seed 1", "ReLoRA", "1", "f1")
            SweepCell("f2", "full rank, seed 2", "full rank", "2", "")
            SweepCell("x2", "ReLoRA, seed 2", "ReLoRA", "2", "f2")
        ]
