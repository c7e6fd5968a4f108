/// How figures are written in tables, whatever the machine's language.
module internal ReLoRA.Analysis.Figures

open System
open System.Globalization

let private format (pattern: string) (value: float) =
    if Double.IsNaN value then
        "NaN"
    elif Double.IsInfinity value then
        (if value > 0.0 then "inf" else "-inf")
    else
        value.ToString(pattern, CultureInfo.InvariantCulture)

/// Nats per token.
let loss = format "0.0000"

/// With its sign, so that better and worse are told apart at a glance.
let difference = format "+0.0000;-0.0000;0.0000"

let perplexity = format "0.00"

/// Figures that span many powers of ten.
let small = format "0.0e+00"

let fraction = format "0.0000"

/// Of things counted by the hundred.
let share = format "0.000"

let rate = format "#,0"

/// Of minutes and days alike.
let hours = format "0.0000"

let learningRate = format "0.00e+00"

/// Text of what cannot be NaN by mistake: no value at all stays empty.
let ofValues (write: float -> string) (values: float[]) =
    if values.Length = 0 then
        ""
    else
        write (Statistics.mean values)

let meanAndDeviation (values: float[]) =
    match values.Length with
    | 0 -> ""
    | 1 -> loss values[0]
    | _ -> $"{loss (Statistics.mean values)} ± {loss (Statistics.sampleDeviation values)}"
