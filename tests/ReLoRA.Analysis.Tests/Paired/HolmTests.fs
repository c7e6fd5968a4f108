module ReLoRA.Analysis.Tests.Paired.HolmTests

open System
open ReLoRA.Analysis.Paired
open Xunit

/// A product of two numbers below one.
let private rounding = 1e-15

[<Fact>]
let ``The textbook's four tests are adjusted as printed`` () =
    // The example of Holm-Bonferroni in many texts: 0.005 * 4, 0.01 * 3, 0.03 * 2, and 0.04 not below the one before.
    let adjusted = Holm.Adjust [| 0.01; 0.04; 0.03; 0.005 |]

    for expected, found in Array.zip [| 0.03; 0.06; 0.06; 0.02 |] adjusted do
        Assert.Equal(expected, found, rounding)

[<Fact>]
let ``Nothing exceeds one, and a single test stays as it is`` () =
    Assert.Equal<float>([| 1.0; 1.0; 0.9 |], Holm.Adjust [| 0.6; 0.7; 0.3 |] |> Array.map (fun p -> Math.Round(p, 15)))
    Assert.Equal<float>([| 0.04 |], Holm.Adjust [| 0.04 |])
    Assert.Empty(Holm.Adjust [||])

[<Fact>]
let ``What is no probability is refused`` () =
    Assert.Throws<ArgumentException>(fun () -> Holm.Adjust [| nan |] |> ignore)
    |> ignore
