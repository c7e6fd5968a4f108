module ReLoRA.Analysis.Tests.Paired.HierarchicalBootstrapTests

open System
open ReLoRA.Analysis.Paired
open Xunit

let private rounding = 1e-12

let private find differences drawsParadigms =
    HierarchicalBootstrap.OfDifferences(differences, drawsParadigms, 0.95, 1000, 5UL)

/// Marks of -1, 0 and 1 whose mean is the effect.
let private items (draws: Draws) count effect =
    Array.init count (fun _ ->
        let share = draws.Share()

        if share < 0.2 + effect / 2.0 then 1.0
        elif share < 0.4 then -1.0
        else 0.0)

[<Fact>]
let ``Paradigms count alike, however many items they have`` () =
    let found =
        find
            [|
                [| [| 1.0 |]; [| 0.0; 0.0; 1.0; 1.0 |] |]
                [| [| 1.0 |]; [| 0.0; 0.0; 0.0; 0.0 |] |]
            |]
            false

    Assert.Equal((1.0 + 0.5 + 1.0 + 0.0) / 4.0, found.Interval.Value, rounding)

[<Fact>]
let ``A difference that all items share is certain, and none is not`` () =
    let all = find [| Array.replicate 4 (Array.replicate 10 1.0) |] true
    Assert.Equal(1.0, all.Interval.Low, rounding)
    Assert.Equal(2.0 / 1001.0, all.P, rounding)
    Assert.Equal(1.0, (find [| Array.replicate 4 (Array.replicate 10 0.0) |] true).P)

[<Fact>]
let ``Seeds that answer alike add no certainty`` () =
    let draws = Draws 2UL
    let seed = Array.init 5 (fun _ -> items draws 40 0.1)
    let one, many = find [| seed |] false, find (Array.replicate 8 seed) false

    let width (found: Difference) =
        found.Interval.High - found.Interval.Low
    // Ends move by about a twentieth from draw to draw.
    Assert.Equal(1.0, width many / width one, 0.15)

[<Fact>]
let ``Where paradigms differ the interval covers the truth only if they are drawn too`` () =
    let draws = Draws 4UL
    let simulations = 200

    let covers drawsParadigms differences =
        let found =
            HierarchicalBootstrap.OfDifferences([| differences |], drawsParadigms, 0.95, 200, draws.Next())

        found.Interval.Low <= 0.0 && 0.0 <= found.Interval.High

    let trials =
        Array.init simulations (fun _ ->
            // The effect of a paradigm is up to 0.2 either way, 0 on average.
            Array.init 20 (fun _ -> items draws 30 (0.4 * (draws.Share() - 0.5))))

    let share drawsParadigms =
        float (trials |> Array.filter (covers drawsParadigms) |> Array.length)
        / float simulations

    // Four standard deviations are 0.06.
    Assert.InRange(share true, 0.89, 1.0)
    Assert.True(share false < share true)

[<Fact>]
let ``Seeds of other shapes are refused`` () =
    Assert.Throws<ArgumentException>(fun () -> find [| [| [| 1.0 |] |]; [| [| 1.0; 0.0 |] |] |] true |> ignore)
    |> ignore

    Assert.Throws<ArgumentException>(fun () -> find [||] true |> ignore)
