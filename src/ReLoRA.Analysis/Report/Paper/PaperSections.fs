/// The study's figures and tables from our logs, and what cannot be drawn.
module internal ReLoRA.Analysis.Report.Paper.PaperSections

open ReLoRA.Analysis
open ReLoRA.Analysis.Report

let private probes kind frames published =
    let charts = PaperDynamics.ofKind kind frames published
    let without = PaperDynamics.withoutNumber kind frames published

    if charts.Length > 0 || without.Length > 0 then
        [|
            yield! charts |> Array.map Figure
            yield! without |> Array.map Note
            match PaperTables.ends $"Where the {kind} end" charts with
            | Some table -> TableOf table
            | None -> ()
            Note
                "Drawn are the components that the study looks at, at the steps of the probes; relora report has the others."
        |]
    else
        let wanted =
            match kind with
            | "weights" ->
                "EffectiveRank(every: N) and ConditionNumber(every: N), of: ProbeTarget.FrozenWeight or OvCircuitPublished"
            | _ ->
                "EffectiveRank(every: N) and ConditionNumber(every: N), of: ProbeTarget.Adapter and of: ProbeTarget.Gradient"

        [|
            Paragraph
                $"Not measured: the logs hold no effective rank or condition number of {kind} of the study's components (w_2, v_proj, o_proj, OV circuit). A sweep measures them by {wanted}: docs/probes.md."
        |]

let private score what missing (charts: Chart[]) =
    if charts.Length > 0 then
        charts |> Array.map Figure
    else
        [| Paragraph $"Not measured: the logs hold no {what}. {missing}" |]

let private missing (frames: Frames) =
    match SummaryTable.problems frames with
    | [||] -> [||]
    | problems -> [| Heading "What is missing"; Points problems |]

let private sources (scale: string) (reason: string) (published: Published) referenceFolder =
    [|
        match referenceFolder with
        | "" ->
            Paragraph
                "No published figures are drawn beside ours: none were given. --reference DIR names a folder of them, in the form of docs/paper-figures.md."
        | _ ->
            let which = if scale = "" then "both scales" else $"the scale {scale}"
            Paragraph $"Published figures of {which} are drawn beside ours: {reason}."

            for file in published.Missing do
                Note $"There is no {file} in the folder of published figures; what it holds is not drawn."

        Note
            "Text, tokenizer, steps and tokens of a step are each run's own: the published runs took 2,097,152 tokens a step. Shapes can be compared; heights only where a figure says that it is of the same data."
    |]

/// All sections, in the page's order.
let build (frames: Frames) (published: Published) scale reason referenceFolder : Section[] =
    let perplexities = PaperLogs.perplexities frames
    let accuracies = PaperLogs.accuracies frames

    let phenomena = PaperPhenomena.blocks frames published (PaperLogs.byTerm frames)

    [|
        "sources", "What is compared", Array.append (sources scale reason published referenceFolder) (missing frames)
        "finals", "At the end", [| TableOf(PaperTables.finals frames published perplexities accuracies) |]
        "loss", "Training loss", [| Figure(PaperTraining.loss frames published) |]
        "perplexity",
        "Perplexity",
        perplexities
        |> Array.mapi (PaperTraining.perplexity frames published)
        |> score
            "perplexity"
            "A sweep measures the study's by a task: .Evaluate(every: N, tasks: [new(\"perplexity\", \"PALOMA\")])."
        "pairs",
        "Minimal pairs",
        accuracies
        |> Array.mapi (PaperTraining.accuracy frames published)
        |> score
            "minimal pairs"
            "A sweep measures BLiMP by a task: .Evaluate(every: N, tasks: [new(\"blimp\", \"blimp.tar.gz\")])."
        "phenomena",
        "Phenomena",
        (if phenomena.Length > 0 then
             phenomena
         else
             [| Paragraph "No finished cell has minimal pairs by phenomenon at its end." |])
        "weights", "Weights", probes "weights" frames published
        "updates", "Updates", probes "updates" frames published
    |]
    |> Array.map (fun (id, title, blocks) ->
        {
            Id = id
            Title = title
            Blocks = blocks
        })
