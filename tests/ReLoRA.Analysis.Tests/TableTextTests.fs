module ReLoRA.Analysis.Tests.TableTextTests

open ReLoRA.Analysis
open Xunit

let private table =
    {
        Title = "three arms"
        Columns = [| "arm"; "loss"; "words"; "more" |]
        Rows =
            [|
                [| "full rank"; "3.5"; "baseline"; "" |]
                [| "r4"; "+12.25"; "a"; "NaN" |]
                [| "8"; ""; "3 kept"; "7" |]
            |]
        Notes = [| "a note" |]
    }

[<Fact>]
let ``Figures end, and words begin, in one column`` () =
    let expected =
        "three arms\n\narm          loss  words     more\n---------  ------  --------  ----\n"
        + "full rank     3.5  baseline\nr4         +12.25  a          NaN\n8                  3 kept       7\n\na note\n"

    Assert.Equal(expected, TableText.Render(table, 0))

[<Theory>]
[<InlineData(33)>]
[<InlineData(32)>]
[<InlineData(20)>]
[<InlineData(1)>]
let ``A table too wide is split and its first column repeated`` (width: int) =
    let lines = TableText.Render(table, width).Split '\n'

    let parts =
        lines
        |> Array.filter (fun line -> line.StartsWith("arm", System.StringComparison.Ordinal))

    Assert.Equal(
        (if width >= 33 then 1
         elif width >= 27 then 2
         else 3),
        parts.Length
    )

    if width >= 20 then
        Assert.All(lines, fun line -> Assert.InRange(line.Length, 0, width))

[<Fact>]
let ``No line ends in a space`` () =
    Assert.All(TableText.Render(table, 20).Split '\n', fun line -> Assert.Equal(line.TrimEnd(), line))

[<Fact>]
let ``A table without rows, or with one column, is still a table`` () =
    let bare =
        {
            Title = "t"
            Columns = [| "a"; "b" |]
            Rows = [||]
            Notes = [||]
        }

    Assert.Equal("t\n\na  b\n-  -\n", TableText.Render(bare, 80))

    let single =
        { bare with
            Columns = [| "a" |]
            Rows = [| [| "x" |] |]
        }

    Assert.Equal("t\n\na\n-\nx\n", TableText.Render(single, 80))
