/// Arms and published models as bands over steps.
module internal ReLoRA.Analysis.Report.Paper.PaperBands

open System
open ReLoRA.Analysis
open ReLoRA.Analysis.Report

/// More points of one line than this are not told apart.
let private mostPoints = 400

/// Beyond this ratio of the runs' lengths the shorter one is a smudge at the edge of an axis of equal steps.
let private farApart = 5.0

/// Each arm's points, over its seeds.
let arms (frames: Frames) (points: string -> (float * float)[]) =
    SummaryTable.arms frames
    |> Array.map (fun (arm, cells) ->
        Bands.counted cells
        |> Array.map (points >> Array.map (fun (step, value) -> step, 0, value))
        |> Bands.over arm)

/// Trailing means over a hundredth of the longest run, thinned to what a figure can show.
let smooth = Bands.smoothed 100L mostPoints

/// The beginning as it is, since a logarithmic axis gives it much room, and of each stretch of the rest the lowest, the highest and
/// the last point: what stands out, as at resets, stays.
let private thinned (points: (float * float)[]) =
    if points.Length <= mostPoints then
        points
    else
        let beginning, rest = Array.splitAt (mostPoints / 4) points

        rest
        |> Array.splitInto (mostPoints / 4)
        |> Array.collect (fun stretch ->
            [| Array.minBy snd stretch; Array.maxBy snd stretch; Array.last stretch |]
            |> Array.distinct
            |> Array.sortBy fst)
        |> Array.append beginning

/// A published curve beside ours.
let reference (curve: PublishedCurve) : Band =
    let points = thinned curve.Points

    let name =
        Published.name curve.Scale curve.Model
        + (if curve.IsVerified then "" else " (scale as printed)")

    let values = points |> Array.map snd

    {
        Name = name
        X = points |> Array.map fst
        Mean = values
        Low = values
        High = values
        IsReference = true
    }

let private last (bands: Band[]) =
    bands |> Array.collect _.X |> Array.fold max 0.0

/// Without step 0, which has no place on a logarithmic axis: on a page its line would come from the left edge.
let private begun (band: Band) =
    let kept (values: float[]) =
        Array.zip band.X values |> Array.filter (fun (x, _) -> x > 0.0) |> Array.map snd

    { band with
        X = kept band.X
        Mean = kept band.Mean
        Low = kept band.Low
        High = kept band.High
    }

/// A chart over steps: logarithmic where ours and the published runs are of very different lengths.
let chart name title (y: Axis) (rules: float[]) (ours: Band[]) (published: Band[]) note =
    let lengths = last ours, last published

    let isLogarithmic =
        snd lengths > 0.0
        && fst lengths > 0.0
        && (fst lengths / snd lengths > farApart || snd lengths / fst lengths > farApart)

    {
        Id = name
        Title = title
        X =
            if isLogarithmic then
                Axis.logarithmic "step"
            else
                Axis.linear "step"
        Y = y
        Rules = rules
        Content =
            Array.append ours published
            |> Array.map (if isLogarithmic then begun else id)
            |> Lines
        Note =
            if isLogarithmic then
                $"{note} Steps on a logarithmic axis, without step 0, since the published runs' number of steps is another."
            else
                note
    }

/// The steps of resets.
let resets (frames: Frames) =
    frames.Resets
    |> Array.map (fun reset -> float reset.Step)
    |> Array.distinct
    |> Array.sort
