module ReLoRA.Analysis.Tests.Paired.DrawsTests

open ReLoRA.Analysis.Paired
open Xunit

[<Fact>]
let ``The published first numbers of SplitMix64 are drawn`` () =
    let draws = Draws 1234567UL

    Assert.Equal<uint64>(
        [|
            6457827717110365317UL
            3203168211198807973UL
            9817491932198370423UL
            4593380528125082431UL
            16408922859458223821UL
        |],
        Array.init 5 (fun _ -> draws.Next())
    )

[<Fact>]
let ``Numbers below a bound come equally often`` () =
    let draws = Draws 1UL

    let counts =
        Array.init 70_000 (fun _ -> draws.Below 7) |> Array.countBy id |> Array.sort

    Assert.Equal<int>([| 0..6 |], counts |> Array.map fst)

    // Five standard deviations of a count of 10,000 in 70,000.
    for _, count in counts do
        Assert.InRange(count, 10_000 - 463, 10_000 + 463)
