namespace ReLoRA.Analysis.Report

open System.IO
open ReLoRA.Results.Runs

/// One self-contained page on a sweep: it opens without a network, and the same logs give the same bytes.
[<AbstractClass; Sealed>]
type SweepReport =
    /// <summary>Where a sweep's report lies unless another place is asked for.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    static member DefaultPath(runsRoot: string, sweepName: string) =
        Path.Combine(RunsFolder(runsRoot).Sweep(sweepName).Path, "report.html")

    /// The page without its head and scripts.
    static member private Contents(data: ReportData) =
        let sections = Sections.build data

        let links =
            sections
            |> Array.map (fun section -> $"<a href=\"#{section.Id}\">{Html.encode section.Title}</a>")
            |> String.concat "\n"

        let warning =
            match Findings.unfinished data.Frames with
            | "" -> ""
            | text -> Html.warning text

        let body = sections |> Array.map Html.section |> String.concat ""
        $"{warning}<nav aria-label=\"Contents\">\n{links}\n</nav>\n{body}"

    static member internal Body(runsRoot: string, sweepName: string) : string =
        SweepReport.Contents(ReportData.read runsRoot sweepName)

    /// <summary>The page. Sweeps that are not complete are told as far as they are.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    /// <exception cref="T:ReLoRA.Results.Runs.RunFileException">There is no such sweep, or its plan is damaged.</exception>
    static member Html(runsRoot: string, sweepName: string) : string =
        let data = ReportData.read runsRoot sweepName
        let name = Html.encode data.Frames.Sweep

        String.concat
            ""
            [
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                $"<title>{name}</title>\n<style>\n"
                Resources.text "report.css"
                $"</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#findings\">Skip the contents</a>\n<main>\n<h1>{name}</h1>\n"
                SweepReport.Contents data
                "</main>\n"
                "<script>"
                PlotlyChart.library ()
                "</script>\n<script>\n"
                Resources.text "report.js"
                "</script>\n</body>\n</html>\n"
            ]

    /// <summary>Writes the page.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    static member Write(runsRoot: string, sweepName: string, path: string) : unit =
        AtomicFile.Write(path, SweepReport.Html(runsRoot, sweepName))
