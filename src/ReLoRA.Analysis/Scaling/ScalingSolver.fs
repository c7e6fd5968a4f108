/// Levenberg's and Marquardt's method on ln L, with the weights of Huber's loss.
module internal ReLoRA.Analysis.Scaling.ScalingSolver

open System

/// Huber's δ of Hoffmann et al., "Training compute-optimal large language models" (2022), appendix D.3.
let private delta = 1e-3

/// ln E, ln A, α; ln E is minus infinity for a form without floor.
[<Struct>]
type Solution =
    {
        LogFloor: float
        LogScale: float
        Exponent: float
        Cost: float
    }

let private logSum (a: float) (b: float) =
    let most = max a b

    if Double.IsNegativeInfinity most then
        most
    else
        most + log (exp (a - most) + exp (b - most))

let predict (floor: float) (scale: float) (exponent: float) (logSize: float) =
    logSum floor (scale - exponent * logSize)

let private cost (kind: ScalingLoss) (residual: float) =
    let size = abs residual

    if kind = ScalingLoss.Huber && size > delta then
        delta * (size - 0.5 * delta)
    else
        0.5 * residual * residual

let private weight (kind: ScalingLoss) (residual: float) =
    if kind = ScalingLoss.Huber && abs residual > delta then
        delta / abs residual
    else
        1.0

/// Solves a symmetric system of up to three unknowns by Gauss' elimination with pivots; None where it is singular.
let private solve (matrix: float[,]) (right: float[]) =
    let n = right.Length
    let a, b = Array2D.copy matrix, Array.copy right
    let mutable fine = true

    for column in 0 .. n - 1 do
        let pivot = seq { column .. n - 1 } |> Seq.maxBy (fun row -> abs a[row, column])

        if not (abs a[pivot, column] > 1e-300) then
            fine <- false
        else
            for k in 0 .. n - 1 do
                let kept = a[column, k]
                a[column, k] <- a[pivot, k]
                a[pivot, k] <- kept

            let kept = b[column]
            b[column] <- b[pivot]
            b[pivot] <- kept

            for row in column + 1 .. n - 1 do
                let factor = a[row, column] / a[column, column]

                for k in column .. n - 1 do
                    a[row, k] <- a[row, k] - factor * a[column, k]

                b[row] <- b[row] - factor * b[column]

    if not fine then
        None
    else
        for row in n - 1 .. -1 .. 0 do
            for k in row + 1 .. n - 1 do
                b[row] <- b[row] - a[row, k] * b[k]

            b[row] <- b[row] / a[row, row]

        Some b

let private descend (form: ScalingForm) (kind: ScalingLoss) (logSizes: float[]) (logLosses: float[]) (start: float[]) =
    let hasFloor = form = ScalingForm.PowerLawWithFloor
    let unknowns = if hasFloor then 3 else 2
    // The order of unknowns: ln A, α, ln E.
    let floorOf (p: float[]) = if hasFloor then p[2] else -infinity

    let residuals (p: float[]) =
        Array.map2 (fun size loss -> predict (floorOf p) p[0] p[1] size - loss) logSizes logLosses

    let total p = residuals p |> Array.sumBy (cost kind)
    let mutable p = start
    let mutable best = total p
    let mutable damping = 1e-3
    let mutable tries = 0

    while tries < 400 && damping < 1e12 do
        tries <- tries + 1
        let r = residuals p
        let matrix = Array2D.zeroCreate unknowns unknowns
        let right = Array.zeroCreate unknowns

        for i in 0 .. r.Length - 1 do
            let share =
                exp (p[0] - p[1] * logSizes[i] - predict (floorOf p) p[0] p[1] logSizes[i])

            let slopes = [| share; -share * logSizes[i]; 1.0 - share |]
            let w = weight kind r[i]

            for row in 0 .. unknowns - 1 do
                right[row] <- right[row] - w * slopes[row] * r[i]

                for column in 0 .. unknowns - 1 do
                    matrix[row, column] <- matrix[row, column] + w * slopes[row] * slopes[column]

        for k in 0 .. unknowns - 1 do
            matrix[k, k] <- matrix[k, k] * (1.0 + damping) + 1e-300

        match solve matrix right with
        | Some step ->
            let next = Array.map2 (+) p step
            let found = total next

            if found < best then
                // Steps that gain nothing any more end the search.
                if best - found <= 1e-15 * best then
                    tries <- 400

                p <- next
                best <- found
                damping <- max 1e-12 (damping / 5.0)
            else
                damping <- damping * 4.0
        | None -> damping <- damping * 4.0

    {
        LogFloor = floorOf p
        LogScale = p[0]
        Exponent = p[1]
        Cost = best
    }

/// The best of several starts, as the valley of E, A and α is long and bent.
let fit (form: ScalingForm) (kind: ScalingLoss) (sizes: float[]) (losses: float[]) : Solution =
    let logSizes, logLosses = Array.map log sizes, Array.map log losses
    let centre, least = Array.average logSizes, Array.min losses
    let meanLoss = exp (Array.average logLosses)

    let starts =
        if form = ScalingForm.PowerLaw then
            [|
                for exponent in [ 0.05; 0.3 ] -> [| log meanLoss + exponent * centre; exponent |]
            |]
        else
            [|
                for exponent in [ 0.1; 0.3; 0.5; 0.9 ] do
                    for share in [ 0.2; 0.6; 0.9 ] do
                        let floor = share * least
                        [| log (meanLoss - floor) + exponent * centre; exponent; log floor |]
            |]

    starts |> Array.map (descend form kind logSizes logLosses) |> Array.minBy _.Cost
