/// Student's t distribution.
module ReLoRA.Analysis.StudentT

open System

/// Lanczos' coefficients for g = 7, n = 9 (Godfrey): ln Γ to about 15 digits for x > 0.
let private lanczos =
    [|
        0.99999999999980993
        676.5203681218851
        -1259.1392167224028
        771.32342877765313
        -176.61502916214059
        12.507343278686905
        -0.13857109526572012
        9.9843695780195716e-6
        1.5056327351493116e-7
    |]

/// The logarithm of the gamma function of a number above 0.
let logGamma (x: float) =
    let x = x - 1.0
    let t = x + 7.5

    let series =
        Seq.fold (fun sum i -> sum + lanczos[i] / (x + float i)) lanczos[0] (seq { 1..8 })

    0.5 * log (2.0 * Math.PI) + (x + 0.5) * log t - t + log series

/// The continued fraction of the incomplete beta function by Lentz's method (Numerical Recipes 6.4). Converges fast for x < (a + 1) / (a + b + 2).
let private betaFraction a b x =
    let tiny = 1e-300

    let guard value =
        if abs value < tiny then tiny else value

    let rec next m c d h =
        let m' = float m
        let even = m' * (b - m') * x / ((a + 2.0 * m' - 1.0) * (a + 2.0 * m'))
        let d = 1.0 / guard (1.0 + even * d)
        let c = guard (1.0 + even / c)
        let h = h * d * c

        let odd = -(a + m') * (a + b + m') * x / ((a + 2.0 * m') * (a + 2.0 * m' + 1.0))

        let d = 1.0 / guard (1.0 + odd * d)
        let c = guard (1.0 + odd / c)
        let h = h * d * c

        if abs (d * c - 1.0) < 1e-15 || m >= 500 then
            h
        else
            next (m + 1) c d h

    let first = 1.0 / guard (1.0 - (a + b) * x / (a + 1.0))
    next 1 1.0 first first

/// The regularised incomplete beta function I_x(a, b).
let incompleteBeta (a: float) (b: float) (x: float) =
    if x <= 0.0 then
        0.0
    elif x >= 1.0 then
        1.0
    else
        let front =
            exp (logGamma (a + b) - logGamma a - logGamma b + a * log x + b * log (1.0 - x))

        if x < (a + 1.0) / (a + b + 2.0) then
            front * betaFraction a b x / a
        else
            1.0 - front * betaFraction b a (1.0 - x) / b

/// The probability of a value up to t.
let cumulative (degrees: float) (t: float) =
    let tail = 0.5 * incompleteBeta (degrees / 2.0) 0.5 (degrees / (degrees + t * t))
    if t > 0.0 then 1.0 - tail else tail

/// The value that is not passed with this probability, which is between 0 and 1, both excluded.
let quantile (degrees: float) (probability: float) =
    if not (degrees > 0.0) then
        invalidArg (nameof degrees) $"degrees of freedom are {degrees}; allowed: more than 0"

    if not (probability > 0.0 && probability < 1.0) then
        invalidArg (nameof probability) $"the probability is {probability}; allowed: between 0 and 1"

    let rec widen bound =
        if cumulative degrees bound < max probability (1.0 - probability) then
            widen (2.0 * bound)
        else
            bound

    // Bisecting down to neighbouring doubles: slow and certain. It runs once per row of a table.
    let rec bisect low high =
        let middle = 0.5 * (low + high)

        if middle <= low || middle >= high then
            middle
        elif cumulative degrees middle < probability then
            bisect middle high
        else
            bisect low middle

    let bound = widen 1.0
    bisect -bound bound
