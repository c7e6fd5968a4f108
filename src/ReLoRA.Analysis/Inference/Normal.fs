/// The standard normal distribution.
module ReLoRA.Analysis.Normal

open System

/// Below this the series' terms cancel to fewer digits than the fraction gives.
let private tailFrom = -3.0

let private density x =
    exp (-0.5 * x * x) / sqrt (2.0 * Math.PI)

/// Mills' ratio of a value above 3 as a continued fraction, from the inside out; 60 terms are far past the last digit there.
let private mills z =
    1.0 / Seq.foldBack (fun k below -> z + float k / below) (seq { 1..60 }) z

/// The probability of a value up to x: Marsaglia's series near zero (J. Stat. Softw. 11, 2004), a continued fraction in the tail.
let rec cumulative (x: float) =
    if x > 0.0 then
        1.0 - cumulative -x
    elif x < tailFrom then
        density x * mills -x
    else
        let rec series sum term k =
            let next = term * x * x / (2.0 * k + 1.0)

            if abs next <= 1e-17 * abs sum then
                sum
            else
                series (sum + next) next (k + 1.0)

        0.5 + density x * series x x 1.0

/// The value that is not passed with this probability, which is between 0 and 1, both excluded.
let rec quantile (probability: float) =
    if not (probability > 0.0 && probability < 1.0) then
        invalidArg (nameof probability) $"the probability is {probability}; allowed: between 0 and 1"

    // Down to neighbouring doubles, like Student's: slow and certain.
    let rec bisect low high =
        let middle = 0.5 * (low + high)

        if middle <= low || middle >= high then middle
        elif cumulative middle < probability then bisect middle high
        else bisect low middle

    if probability > 0.5 then
        -(quantile (1.0 - probability))
    else
        bisect -40.0 0.0
