/// The palette's names in the drawing library's terms.
module internal ReLoRA.Analysis.Drawing.Styles

open ReLoRA.Analysis.Report
open ScottPlot

/// A colour of an arm.
let colour index (opacity: float) =
    let red, green, blue = Palette.arm index
    Color(byte red, byte green, byte blue).WithAlpha opacity

let private pattern (intervals: float32 list) name =
    LinePattern(List.toArray intervals, 0f, name)

/// A line's dashes.
let dash (name: string) =
    match name with
    | "dot" -> pattern [ 2f; 3f ] name
    | "dash" -> pattern [ 7f; 4f ] name
    | "dashdot" -> pattern [ 7f; 3f; 2f; 3f ] name
    | "longdash" -> pattern [ 12f; 4f ] name
    | _ -> LinePattern.Solid

/// A mark.
let symbol index =
    match Palette.symbol index with
    | "square" -> MarkerShape.FilledSquare
    | "diamond" -> MarkerShape.FilledDiamond
    | "triangle-up" -> MarkerShape.FilledTriangleUp
    | "cross" -> MarkerShape.Cross
    | "x" -> MarkerShape.Eks
    | "triangle-down" -> MarkerShape.FilledTriangleDown
    | "star" -> MarkerShape.Asterisk
    | _ -> MarkerShape.FilledCircle

/// Of what is not an arm's: texts, frames, grids and rules.
let ink, frame, grid, rule =
    Color.FromHex "#1f2430", Color.FromHex "#5b6474", Color.FromHex "#e4e8ee", Color.FromHex "#6b7280"
