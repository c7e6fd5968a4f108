/// Integrals of smooth functions.
module internal ReLoRA.Analysis.GaussLegendre

open System

let private order = 32

/// The nodes and weights on -1 to 1: the roots of Legendre's polynomial by Newton's method (Numerical Recipes 4.6).
let private nodes =
    Array.init order (fun i ->
        let polynomial x =
            let mutable below, here = 0.0, 1.0

            for k in 1..order do
                let next = ((2.0 * float k - 1.0) * x * here - (float k - 1.0) * below) / float k
                below <- here
                here <- next

            here, float order * (x * here - below) / (x * x - 1.0)

        let rec newton x =
            let value, slope = polynomial x
            let next = x - value / slope
            if abs (next - x) < 1e-15 then next, slope else newton next

        let x, slope = newton (cos (Math.PI * (float i + 0.75) / (float order + 0.5)))
        struct (x, 2.0 / ((1.0 - x * x) * slope * slope)))

/// The integral over so many pieces of equal length; 0 where the range is empty.
let integrate (pieces: int) (low: float) (high: float) (f: float -> float) =
    if not (high > low) then
        0.0
    else
        let half = (high - low) / float (2 * pieces)
        let mutable sum = 0.0

        for piece in 0 .. pieces - 1 do
            let centre = low + half * float (2 * piece + 1)

            for struct (x, weight) in nodes do
                sum <- sum + weight * f (centre + half * x)

        half * sum
