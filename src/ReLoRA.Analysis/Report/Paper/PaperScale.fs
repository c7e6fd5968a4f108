/// Which of the published models a sweep is held against.
module internal ReLoRA.Analysis.Report.Paper.PaperScale

open ReLoRA.Analysis

let private parameters = [ 11_282_784L, "tiny"; 64_595_328L, "small" ]

/// The scale, empty for both, and why.
let choose (asked: string | null) (frames: Frames) =
    match asked with
    | null ->
        let found =
            frames.Cells
            |> Array.map _.Parameters
            |> Array.filter (fun count -> count > 0L)
            |> Array.distinct

        match found with
        | [| count |] when parameters |> List.exists (fun (known, _) -> known = count) ->
            let scale = parameters |> List.find (fun (known, _) -> known = count) |> snd
            scale, $"the models have the {scale} one's {Figures.rate (float count)} parameters"
        | _ -> "", "the models are of neither scale's size, and --scale chose none"
    | scale -> scale, "--scale chose it"
