/// The published figures of a folder: docs/paper-figures.md has each file's form.
module internal ReLoRA.Analysis.Report.Paper.ReferenceFiles

open System
open System.IO

let private scales = [ "tiny"; "small" ]
let private models = [ "decoder"; "relora" ]

let private training = "training_curves_from_pdf.csv"
let private evaluations = "blimp_paloma_by_step.csv"
let private dynamics = "learning_dynamics_from_pdf.csv"
let private phenomena = "blimp_by_phenomenon_step20000.csv"

/// Metric, component, scale, whether that is verified, model, step, figure.
type private Point = (string * string * string * bool * string) * (float * float)

let private trainingPoints path : Point[] =
    ReferenceCsv.read path [ "metric"; "scale"; "model"; "step"; "value" ]
    |> Array.map (fun row ->
        let word = ReferenceCsv.word

        (word [ "loss"; "paloma_ppl"; "blimp" ] "metric" row,
         "",
         word scales "scale" row,
         true,
         word models "model" row),
        (ReferenceCsv.number "step" row, ReferenceCsv.number "value" row))

/// The results' own files hold more digits and steps than the printed curves; where they have a curve, it is theirs.
let private evaluationPoints path : Point[] =
    let columns =
        [ "blimp", "blimp_accuracy_mean_of_67_uids"; "paloma_ppl", "paloma_mean_ppl" ]

    ReferenceCsv.read path [ "scale"; "model"; "step"; yield! List.map snd columns ]
    |> Array.collect (fun row ->
        let scale, model =
            ReferenceCsv.word scales "scale" row, ReferenceCsv.word models "model" row

        columns
        |> List.map (fun (metric, column) ->
            (metric, "", scale, true, model), (ReferenceCsv.number "step" row, ReferenceCsv.numberOrNone column row))
        |> List.filter (fun (_, (_, value)) -> Double.IsFinite value)
        |> List.toArray)

let private dynamicsPoints path : Point[] =
    let metrics =
        [
            "per_weights"
            "per_updates"
            "condition_number_weights"
            "condition_number_updates"
        ]

    ReferenceCsv.read
        path
        [
            "metric"
            "component"
            "scale_as_plotted"
            "scale_verified"
            "model"
            "step"
            "mean_over_12_layers"
        ]
    |> Array.map (fun row ->
        let isVerified = ReferenceCsv.text "scale_verified" row <> ""

        let scale =
            ReferenceCsv.word scales (if isVerified then "scale_verified" else "scale_as_plotted") row

        (ReferenceCsv.word metrics "metric" row,
         ReferenceCsv.text "component" row,
         scale,
         isVerified,
         ReferenceCsv.word models "model" row),
        (ReferenceCsv.number "step" row, ReferenceCsv.number "mean_over_12_layers" row))

let private phenomenaOf path =
    let columns =
        [
            for scale in scales do
                for model in models -> scale, model, $"{scale}_{model}"
        ]

    ReferenceCsv.read path [ "key"; yield! columns |> List.map (fun (_, _, column) -> column) ]
    |> Array.collect (fun row ->
        columns
        |> List.map (fun (scale, model, column) ->
            scale, model, ReferenceCsv.text "key" row, ReferenceCsv.number column row)
        |> List.toArray)

let private curves (points: Point[]) =
    points
    |> Array.groupBy fst
    |> Array.map (fun ((metric, of', scale, isVerified, model), found) ->
        {
            Metric = metric
            Component = of'
            Scale = scale
            Model = model
            IsVerified = isVerified
            Points = found |> Array.map snd |> Array.sortBy fst
        })

/// Reads what is there.
let read (folder: string) =
    let place (name: string) = Path.Combine(folder, name)
    let isThere name = File.Exists(place name)

    let from name (reader: string -> 'found[]) =
        if isThere name then reader (place name) else [||]

    let evaluated = from evaluations evaluationPoints |> curves
    let key (curve: PublishedCurve) = curve.Metric, curve.Scale, curve.Model
    let known = evaluated |> Array.map key |> Set.ofArray

    {
        Curves =
            [|
                yield! evaluated
                yield!
                    from training trainingPoints
                    |> curves
                    |> Array.filter (fun curve -> not (known.Contains(key curve)))
                yield! from dynamics dynamicsPoints |> curves
            |]
        Phenomena = from phenomena phenomenaOf
        Missing =
            [| training; evaluations; dynamics; phenomena |]
            |> Array.filter (fun name -> not (isThere name))
    }
