module ReLoRA.Analysis.Tests.Drawing.FigureTests

open ReLoRA.Analysis.Drawing
open ReLoRA.Analysis.Report
open SkiaSharp
open Xunit

let private png chart = Png.ofFigure (Figure.ofChart chart)

let private bitmap chart = nonNull (SKBitmap.Decode(png chart))

/// Pixels that are no paper within a part of the picture, from edge to edge as shares of it.
let private ink (picture: SKBitmap) (left, right) (top, bottom) =
    let at share length = int (share * float length)

    Seq.length (
        seq {
            for x in at left picture.Width .. at right picture.Width - 1 do
                for y in at top picture.Height .. at bottom picture.Height - 1 do
                    if picture.GetPixel(x, y).Red < 128uy then
                        yield ()
        }
    )

let private titleRegion = (0.01, 0.5), (0.02, 0.07)
let private xTitleRegion = (0.3, 0.7), (0.945, 0.99)
let private yTitleRegion = (0.005, 0.025), (0.2, 0.9)

[<Fact>]
let ``The same chart gives the same bytes, of every kind`` () =
    for chart in SampleCharts.all do
        Assert.Equal<byte>(png chart, png chart)

[<Fact>]
let ``A PNG has two pixels a point and no empty corner`` () =
    for chart in SampleCharts.all do
        use picture = bitmap chart
        Assert.Equal(1600, picture.Width)
        Assert.InRange(picture.Height, 900, 1300)

        for x in [ 0; picture.Width - 1 ] do
            for y in [ 0; picture.Height - 1 ] do
                Assert.Equal(SKColors.White, picture.GetPixel(x, y))

/// Text without a font vanishes without a word: what is drawn with it must differ from what is drawn without.
[<Fact>]
let ``Title, axis titles and numbers are really drawn`` () =
    use full = bitmap SampleCharts.lines

    use bare =
        bitmap
            { SampleCharts.lines with
                Title = ""
                X = Axis.linear ""
                Y = Axis.linear ""
            }

    for (across, upright) in [ titleRegion; xTitleRegion; yTitleRegion ] do
        Assert.True(ink full across upright > 200, $"no ink at {across}, {upright}")

    Assert.Equal(0, ink bare (fst titleRegion) (snd titleRegion))
    Assert.True(2 * ink bare (fst xTitleRegion) (snd xTitleRegion) < ink full (fst xTitleRegion) (snd xTitleRegion))

[<Fact>]
let ``Both faces come with the library`` () =
    for isBold in [ false; true ] do
        Assert.Equal("DejaVu Sans", (FigureFont.face isBold).FamilyName)
        Assert.Equal(isBold, (FigureFont.face isBold).IsBold)

[<Fact>]
let ``What the font has no sign for is shown as such and ends no drawing`` () =
    Assert.Equal("a \uFFFD b", Text.drawable "a \U000E0041\tb")

    Assert.NotEmpty(
        png
            { SampleCharts.lines with
                Title = "損失 🙂\n\u0000"
            }
    )

[<Fact>]
let ``However many arms there are, the legend takes none of the data's room`` () =
    let arms count =
        SampleCharts.chart
            "arms"
            (Lines(
                Array.init count (fun index -> SampleCharts.band $"arm with a long name {index}" 5 SampleCharts.falling)
            ))

    let one, many = Figure.ofChart (arms 1), Figure.ofChart (arms 40)
    // 40 names of that width stand in rows of three, each 20 points high.
    Assert.Equal(one.Height + 13f * 20f, many.Height)

/// How often the first arm's colour begins along the row that has most of it.
let private strokes (picture: SKBitmap) =
    let isArm x y =
        picture.GetPixel(x, y) = SKColor(0uy, 114uy, 178uy)

    let rows =
        // Below the legend, which has a sample of the line.
        [|
            for y in picture.Height / 5 .. picture.Height - 1 -> [| for x in 0 .. picture.Width - 1 -> isArm x y |]
        |]

    rows
    |> Array.maxBy (Array.filter id >> Array.length)
    |> Array.pairwise
    |> Array.filter (fun (before, now) -> now && not before)
    |> Array.length

[<Fact>]
let ``Others' figures are dashed and ours are not`` () =
    let drawn isReference =
        use picture =
            bitmap (
                SampleCharts.chart
                    "flat"
                    (Lines
                        [|
                            { SampleCharts.band "arm" 40 (fun _ -> 3.0) with
                                IsReference = isReference
                            }
                        |])
            )

        strokes picture

    Assert.Equal(1, drawn false)
    Assert.InRange(drawn true, 30, 100)

[<Fact>]
let ``A figure without an extent has one all the same`` () =
    for value in [ 0.0; 3.0; 1e-12; 1e300 ] do
        let chart =
            SampleCharts.chart "point" (Lines [| SampleCharts.band "arm" 1 (fun _ -> value) |])

        Assert.NotEmpty(png chart)
