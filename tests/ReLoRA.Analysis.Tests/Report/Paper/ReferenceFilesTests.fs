module ReLoRA.Analysis.Tests.Report.Paper.ReferenceFilesTests

open System
open ReLoRA.Analysis.Report.Paper
open ReLoRA.Testing
open Xunit

let private read files =
    use folder = new TemporaryFolder()
    ReferenceFolder.write folder.Path files
    ReferenceFiles.read folder.Path

let private with' name text =
    ReferenceFolder.files
    |> List.map (fun (file, old) -> file, (if file = name then text else old))

[<Fact>]
let ``Every file's curves are found by metric, component, scale and model`` () =
    let found = read ReferenceFolder.files
    Assert.Empty found.Missing

    let names =
        Published.curves "loss" "" found
        |> Array.map (fun curve -> curve.Scale, curve.Model)

    Assert.Equal<string * string>([| "small", "decoder"; "tiny", "decoder"; "tiny", "relora" |], names)
    Assert.Contains(("tiny", "relora", "s-selection", 0.686), found.Phenomena)

[<Fact>]
let ``The results' own files go before what was read back from a figure`` () =
    let found = read ReferenceFolder.files

    let decoder =
        Published.curves "blimp" "" found
        |> Array.find (fun curve -> curve.Model = "decoder")

    Assert.Equal<float * float>([| 0.0, 0.5; 20000.0, 0.65 |], decoder.Points)
    // The decoder's perplexity is in the figure alone.
    Assert.Equal<string>([| "decoder"; "relora" |], Published.curves "paloma_ppl" "" found |> Array.map _.Model)

[<Fact>]
let ``A weight's scale is the one that was verified, and a scale that was not is told`` () =
    let found = read ReferenceFolder.files
    let weights = Published.curves "per_weights" "swiglu.w_2" found

    Assert.Equal<string * string>(
        [| "small", "decoder"; "tiny", "decoder"; "tiny", "relora" |],
        weights |> Array.map (fun curve -> curve.Scale, curve.Model)
    )

    Assert.All(weights, fun curve -> Assert.True curve.IsVerified)
    let updates = Published.curves "per_updates" "swiglu.w_2" found
    Assert.False((updates |> Array.find (fun curve -> curve.Model = "decoder")).IsVerified)

[<Fact>]
let ``A file that is not there is named and the others are read`` () =
    let found = read [ "training_curves_from_pdf.csv", ReferenceFolder.training ]

    Assert.Equal<string>(
        [|
            "blimp_paloma_by_step.csv"
            "learning_dynamics_from_pdf.csv"
            "blimp_by_phenomenon_step20000.csv"
        |],
        found.Missing
    )

    Assert.NotEmpty(Published.curves "loss" "" found)

[<Theory>]
[<InlineData("", 1, "there is no column 'metric', wanted are metric,scale,model,step,value")>]
[<InlineData("metric,scale,model,step\n", 1, "there is no column 'value'")>]
[<InlineData("metric,scale,model,step,value\nloss,tiny,decoder,0\n", 2, "4 fields, wanted are 5")>]
[<InlineData("metric,scale,model,step,value\n\nloss,tiny,decoder,x,1\n", 3, "step is 'x', wanted is a number")>]
[<InlineData("metric,scale,model,step,value\nloss,tiny,decoder,0,\n", 2, "value is empty")>]
[<InlineData("metric,scale,model,step,value\nloss,medium,decoder,0,1\n", 2, "scale is 'medium', wanted is tiny or small")>]
[<InlineData("metric,scale,model,step,value\nloss,tiny,\"decoder\",0,1\n", 2, "wanted is decoder or relora")>]
[<InlineData("metric,scale,model,step,value\nlost,tiny,decoder,0,1\n",
             2,
             "metric is 'lost', wanted is loss or paloma_ppl or blimp")>]
let ``A malformed file is told by its path, line and what is wanted`` (text: string, line: int, message: string) =
    let fault =
        Assert.Throws<ReferenceFileException>(fun () -> read (with' "training_curves_from_pdf.csv" text) |> ignore)

    Assert.Equal(line, fault.Line)
    Assert.Contains("training_curves_from_pdf.csv: line ", fault.Message)
    Assert.Contains(message, fault.Message)
    Assert.Contains("docs/paper-figures.md", fault.Message)

[<Fact>]
let ``The study's own figures are read as they are`` () =
    let found = ReferenceFiles.read (SharedData.Require "reference")
    Assert.Empty found.Missing

    let final metric scale model =
        let curve =
            Published.curves metric "" found
            |> Array.find (fun curve -> curve.Scale = scale && curve.Model = model)

        curve.Points |> Array.findBack (fun (step, _) -> step <= 20000.0) |> snd

    Assert.Equal(4.881, final "loss" "tiny" "decoder", 0.001)
    Assert.Equal(83.55, final "paloma_ppl" "small" "relora", 0.01)
    Assert.Equal(0.6504, final "blimp" "tiny" "decoder", 0.0001)
    Assert.Equal(4 * 13, found.Phenomena.Length)

    let rank scale model =
        (Published.curves "per_weights" "swiglu.w_2" found
         |> Array.find (fun curve -> curve.Scale = scale && curve.Model = model))
            .Points
        |> Array.last
        |> snd

    // The labels of the printed figure are swapped for the decoder; these are the corrected ones.
    Assert.Equal(0.959, rank "tiny" "decoder", 0.001)
    Assert.Equal(0.947, rank "small" "decoder", 0.001)
    Assert.Equal(0.863, rank "small" "relora", 0.001)
