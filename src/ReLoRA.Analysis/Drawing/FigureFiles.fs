/// Charts as files.
module internal ReLoRA.Analysis.Drawing.FigureFiles

open System
open System.IO
open ReLoRA.Analysis.Report
open ReLoRA.Results.Runs

/// A script's own metric may have any name.
let private fileName (id: string) =
    id
    |> String.map (fun character ->
        if Char.IsAsciiLetterOrDigit character || "-_.".Contains character then
            character
        else
            '_')
    |> fun name -> if name.StartsWith '.' then $"_{name}" else name

/// Two ids can have one name for a file.
let private fileNames (charts: Chart[]) =
    charts
    |> Array.groupBy (fun chart -> fileName chart.Id)
    |> Array.collect (fun (name, same) ->
        same
        |> Array.mapi (fun index chart -> chart.Id, (if index = 0 then name else $"{name}-{index + 1}")))
    |> Map.ofArray

/// Writes each chart that has anything to show into a folder, which is made where it is missing.
let write (sweep: string) (folder: string) (charts: Chart[]) : WrittenFigures =
    let folder = Path.GetFullPath folder
    let empty, full = charts |> Array.partition Chart.isEmpty
    let names = fileNames full

    let written =
        full
        |> Array.map (fun chart ->
            let path (extension: string) =
                Path.Combine(folder, names[chart.Id] + extension)

            let figure = Figure.ofChart chart
            AtomicFile.Write(path ".png", ReadOnlySpan(Png.ofFigure figure))
            AtomicFile.Write(path ".svg", ReadOnlySpan(Svg.ofFigure chart figure))

            {
                Id = chart.Id
                Title = chart.Title
                Note = chart.Note
                Png = path ".png"
                Svg = path ".svg"
            })

    {
        Sweep = sweep
        Folder = folder
        Written = written
        Empty = empty |> Array.map _.Title
    }
