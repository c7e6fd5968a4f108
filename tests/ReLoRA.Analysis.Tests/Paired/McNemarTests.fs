module ReLoRA.Analysis.Tests.Paired.McNemarTests

open ReLoRA.Analysis.Paired
open Xunit

/// Of sums of up to a hundred thousand logarithms about 10 that cancel to about 10, each rounded to 16 digits.
let private rounding = 1e-9

let private near (expected: float) (found: float) =
    Assert.Equal(1.0, found / expected, rounding)

[<Fact>]
let ``A few discordant pairs give the binomial tails that can be counted by hand`` () =
    near (2.0 * (1.0 + 10.0 + 45.0) / 1024.0) (McNemar.Exact(2L, 8L))
    near (2.0 / 32.0) (McNemar.Exact(5L, 0L))

[<Fact>]
let ``Published examples are found`` () =
    // Agresti, Categorical Data Analysis, 10.1, approval of the prime minister at two surveys: 150 and 86 changed their minds.
    near 3.715936139571442e-05 (McNemar.Exact(150L, 86L))
    // The two examples of statsmodels' mcnemar, tables [[101, 121], [59, 33]] and [[59, 6], [16, 80]].
    near 4.434449263755176e-06 (McNemar.Exact(121L, 59L))
    near 0.052478790283203125 (McNemar.Exact(6L, 16L))

[<Fact>]
let ``67,000 pairs give what exact integers do`` () =
    near 0.00011360046774628491 (McNemar.Exact(33_000L, 34_000L))
    near 3.325423202177059e-06 (McNemar.Exact(8_600L, 8_000L))
    near 3.523233217922021e-83 (McNemar.Exact(31_000L, 36_000L))

[<Fact>]
let ``Sides do not matter, and no difference is certain`` () =
    Assert.Equal(McNemar.Exact(3L, 14L), McNemar.Exact(14L, 3L))
    Assert.Equal(1.0, McNemar.Exact(7L, 7L))
    Assert.Equal(1.0, McNemar.Exact(0L, 0L))
    Assert.Equal(0.0, McNemar.Exact(0L, 67_000L))
