namespace ReLoRA.Analysis.Drawing

open System.IO
open ReLoRA.Analysis.Report

/// The report's charts as PNG and SVG for papers. No font of the machine is used, and the same logs give the same bytes.
[<AbstractClass; Sealed>]
type ReportFigures =
    /// <summary>Writes each chart of a sweep's report to a folder of the sweep's name.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    /// <param name="directory">The folder above it; it is made where it is missing.</param>
    /// <exception cref="T:ReLoRA.Results.Runs.RunFileException">There is no such sweep, or its plan is damaged.</exception>
    static member Write(runsRoot: string, sweepName: string, directory: string) : WrittenFigures =
        ReportData.read runsRoot sweepName
        |> Sections.build
        |> Array.collect _.Blocks
        |> Array.choose (fun block ->
            match block with
            | Figure chart -> Some chart
            | _ -> None)
        |> FigureFiles.write sweepName (Path.Combine(directory, sweepName))
