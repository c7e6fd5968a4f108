namespace ReLoRA.Analysis.Report

/// The pages of `relora watch`: what a report holds, made anew as logs grow. They load nothing from elsewhere.
[<AbstractClass; Sealed>]
type LivePage =
    static member private Page(title: string, body: string) =
        // A server is asked for an icon otherwise.
        Page.frame title "<link rel=\"icon\" href=\"data:,\">\n" "" body ""

    /// <summary>The page of one sweep, which fetches <c>state</c> and <c>body</c> beside it.</summary>
    /// <param name="sweepName">The sweep.</param>
    static member Shell(sweepName: string) : string =
        let columns =
            [ "cell"; "state"; "progress"; "step"; "loss"; "left"; "message" ]
            |> List.map (fun column -> $"<th>{column}</th>")
            |> String.concat ""

        LivePage.Page(
            sweepName,
            String.concat
                ""
                [
                    "<p id=\"said\" role=\"status\">Waiting for the first figures.</p>\n"
                    $"<div class=\"scroll\" id=\"cells-frame\" tabindex=\"0\"><table id=\"cells\">\n<thead><tr>{columns}</tr></thead>\n<tbody></tbody>\n</table></div>\n"
                    "<div id=\"report\"></div>\n"
                    "<script src=\"/plotly.js\"></script>\n<script src=\"/report.js\"></script>\n<script src=\"/live.js\"></script>\n"
                ]
        )

    /// <summary>The page that lists several sweeps.</summary>
    /// <param name="sweepNames">The sweeps.</param>
    static member Index(sweepNames: string seq) : string =
        let links =
            sweepNames
            |> Seq.map (fun name ->
                $"<li><a href=\"/{Html.encode (System.Uri.EscapeDataString name)}/\">{Html.encode name}</a></li>")
            |> String.concat "\n"

        LivePage.Page("Sweeps", $"<ul>\n{links}\n</ul>\n")

    /// <summary>What changes: the report's contents and sections.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    /// <exception cref="T:ReLoRA.Results.Runs.RunFileException">There is no such sweep, or its plan is damaged.</exception>
    static member Body(runsRoot: string, sweepName: string) : string = SweepReport.Body(runsRoot, sweepName)

    /// <summary>A script that the pages load: <c>plotly.js</c>, <c>report.js</c> or <c>live.js</c>; null for another name.</summary>
    /// <param name="name">Its name.</param>
    static member Script(name: string) : string | null =
        match name with
        | "plotly.js" -> PlotlyChart.library ()
        | "report.js"
        | "live.js" -> Resources.text name
        | _ -> null
