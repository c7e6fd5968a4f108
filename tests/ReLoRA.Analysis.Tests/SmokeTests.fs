module ReLoRA.Analysis.Tests.SmokeTests

open Xunit

[<Fact>]
let ``runs`` () = Assert.True true
