/// How figures of any size are written beside the published ones.
module internal ReLoRA.Analysis.Report.Paper.PaperFigures

open System
open System.Globalization
open ReLoRA.Analysis

/// Four digits, thousands in full; empty where there is no number.
let text (value: float) =
    if not (Double.IsFinite value) then ""
    elif abs value >= 1000.0 then Figures.rate value
    else value.ToString("G4", CultureInfo.InvariantCulture)
