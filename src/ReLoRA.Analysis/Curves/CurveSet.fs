namespace ReLoRA.Analysis.Curves

open System

/// The curves of one figure of several runs over one axis.
type CurveSet =
    {
        /// What is drawn, and how it was smoothed.
        Figure: string
        /// Over what.
        Axis: CurveAxis
        /// One per cell that counts, in the order of cells.
        Curves: Curve[]
        /// Which cells have none or lack points, and why.
        LeftOut: string[]
    }

    /// The arms that have curves, in the order of cells.
    member set.Arms: string[] = set.Curves |> Array.map _.Arm |> Array.distinct

    /// <summary>The curves of an arm with those of their baselines, where both have one.</summary>
    /// <param name="arm">The arm.</param>
    member set.Pairs(arm: string) : struct (Curve * Curve)[] =
        set.Curves
        |> Array.filter (fun curve -> curve.Arm = arm)
        |> Array.choose (fun curve ->
            set.Curves
            |> Array.tryFind (fun other -> other.Cell = curve.Baseline)
            |> Option.map (fun baseline -> struct (curve, baseline)))

    /// <summary>A figure of each curve of an arm less that of its baseline's curve, by seed.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="figure">For example the mean height between two places.</param>
    member set.Differences(arm: string, figure: Func<Curve, float>) : float[] =
        set.Pairs arm
        |> Array.map (fun struct (curve, baseline) -> figure.Invoke curve - figure.Invoke baseline)

    /// Where all curves are known: from the latest beginning to the earliest end; NaN where there are no curves.
    member set.Common: struct (float * float) =
        if set.Curves.Length = 0 then
            struct (nan, nan)
        else
            struct (set.Curves |> Array.map _.First |> Array.max, set.Curves |> Array.map _.Last |> Array.min)
