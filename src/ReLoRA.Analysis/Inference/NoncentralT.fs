/// Student's t of a mean that is not zero: what effect sizes' intervals are made of.
module ReLoRA.Analysis.NoncentralT

open System

/// Beyond so many standard deviations a normal variable has no share that a double could tell.
let private reach = 9.0

/// The probability of a value up to t at this noncentrality: that of the mean given the deviation's ratio u to the true one, integrated over u.
/// The normal distribution's step in u, which is steep at a large t, is a piece of its own.
let rec cumulative (degrees: float) (noncentrality: float) (t: float) : float =
    if t < 0.0 then
        1.0 - cumulative degrees -noncentrality -t
    elif t = 0.0 then
        Normal.cumulative -noncentrality
    else
        let half = degrees / 2.0
        let logScale = log 2.0 + half * log half - StudentT.logGamma half

        let density u =
            exp (logScale + (degrees - 1.0) * log u - half * u * u)

        let weighted u =
            density u * Normal.cumulative (t * u - noncentrality)

        // Past this the density of u is below e^-50.
        let most = sqrt (1.0 + 10.0 * sqrt (2.0 / degrees) + 100.0 / degrees)
        let inside u = min most (max 0.0 u)
        let low = inside ((noncentrality - reach) / t)
        let high = inside ((noncentrality + reach) / t)

        let pieces =
            [ 0.0, low; low, high; high, most ]
            |> List.sumBy (fun (from, upTo) -> GaussLegendre.integrate 4 from upTo weighted)

        min 1.0 (max 0.0 pieces)

/// The noncentrality at which a value up to t has this probability.
let noncentrality (degrees: float) (t: float) (probability: float) : float =
    if not (probability > 0.0 && probability < 1.0) then
        invalidArg (nameof probability) $"the probability is {probability}; allowed: between 0 and 1"

    let below centre =
        cumulative degrees centre t < probability

    // The probability falls as the noncentrality grows.
    let rec low step =
        if below (t - step) then low (2.0 * step) else t - step

    let rec high step =
        if below (t + step) then t + step else high (2.0 * step)

    let rec bisect low high =
        let middle = 0.5 * (low + high)

        if middle <= low || middle >= high || high - low < 1e-12 * (1.0 + abs middle) then
            middle
        elif below middle then
            bisect low middle
        else
            bisect middle high

    bisect (low 1.0) (high 1.0)
