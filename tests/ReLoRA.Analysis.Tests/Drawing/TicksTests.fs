module ReLoRA.Analysis.Tests.Drawing.TicksTests

open ReLoRA.Analysis.Drawing
open Xunit

let private texts (ticks: Ticks) =
    ticks.Major |> Array.map snd |> String.concat " "

[<Theory>]
[<InlineData(0.0, 10.0, "0 2 4 6 8 10")>]
[<InlineData(5.36, 8.63, "5.5 6.0 6.5 7.0 7.5 8.0 8.5")>]
[<InlineData(-10000.0, 501000.0, "0 100k 200k 300k 400k 500k")>]
[<InlineData(0.0, 2900000.0, "0 0.5M 1.0M 1.5M 2.0M 2.5M")>]
[<InlineData(0.0, 4.1e-4, "0 0.5×10⁻⁴ 1.0×10⁻⁴ 1.5×10⁻⁴ 2.0×10⁻⁴ 2.5×10⁻⁴ 3.0×10⁻⁴ 3.5×10⁻⁴ 4.0×10⁻⁴")>]
[<InlineData(-0.2, 0.2, "-0.20 -0.15 -0.10 -0.05 0.00 0.05 0.10 0.15 0.20")>]
let ``Linear axes have round figures, all written alike`` (low: float, high: float, expected: string) =
    Assert.Equal(expected, texts (Ticks.linear 7 low high))

[<Theory>]
[<InlineData(0.0, 3.0, "1 10 100 1,000")>]
[<InlineData(-2.1, 0.5, "0.01 0.1 1")>]
[<InlineData(0.9, 2.6, "10 20 50 100 200")>]
[<InlineData(2.28, 2.54, "200 220 240 260 280 300 320 340")>]
[<InlineData(0.0, 6.5, "10⁰ 10¹ 10² 10³ 10⁴ 10⁵ 10⁶")>]
[<InlineData(-5.0, 12.0, "10⁻³ 10⁰ 10³ 10⁶ 10⁹ 10¹²")>]
let ``Logarithmic axes have decades, and what lies between where there are few`` (low: float, high: float, expected) =
    Assert.Equal(expected, texts (Ticks.logarithmic 7 low high))

[<Fact>]
let ``Every mark lies within the axis`` () =
    for low, high in [ -3.3, 4.9; 0.2, 0.7; 1.0, 3.2 ] do
        let ticks = Ticks.logarithmic 7 low high
        let places = Array.append (Array.map fst ticks.Major) ticks.Minor
        Assert.All(places, fun place -> Assert.InRange(place, low - 1e-8, high + 1e-8))
        Assert.True(ticks.Major.Length >= 2)
