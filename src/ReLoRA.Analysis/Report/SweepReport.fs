namespace ReLoRA.Analysis.Report

open System.IO
open ReLoRA.Analysis
open ReLoRA.Results.Runs

/// One self-contained page on a sweep: it opens without a network, and the same logs give the same bytes.
[<AbstractClass; Sealed>]
type SweepReport =
    /// <summary>Where a sweep's report lies unless another place is asked for.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    static member DefaultPath(runsRoot: string, sweepName: string) =
        Path.Combine(RunsFolder(runsRoot).Sweep(sweepName).Path, "report.html")

    /// What is said before the sections.
    static member internal Before(frames: Frames) =
        match Findings.unfinished frames with
        | "" -> ""
        | text -> Html.warning text

    /// The page without its head and scripts.
    static member internal Body(runsRoot: string, sweepName: string) : string =
        let data = ReportData.read runsRoot sweepName
        Page.contents (SweepReport.Before data.Frames) (Sections.build data)

    /// <summary>The page. Sweeps that are not complete are told as far as they are.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    /// <exception cref="T:ReLoRA.Results.Runs.RunFileException">There is no such sweep, or its plan is damaged.</exception>
    static member Html(runsRoot: string, sweepName: string) : string =
        let data = ReportData.read runsRoot sweepName
        Page.html data.Frames.Sweep (SweepReport.Before data.Frames) (Sections.build data)

    /// <summary>Writes the page.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    static member Write(runsRoot: string, sweepName: string, path: string) : unit =
        AtomicFile.Write(path, SweepReport.Html(runsRoot, sweepName))
