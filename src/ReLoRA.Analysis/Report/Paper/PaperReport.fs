namespace ReLoRA.Analysis.Report.Paper

open System.IO
open ReLoRA.Analysis
open ReLoRA.Analysis.Drawing
open ReLoRA.Analysis.Report
open ReLoRA.Results.Runs

/// <summary>What a report in the study's form came to.</summary>
type PaperFiles =
    {
        /// The page's full path.
        Page: string
        /// Its figures.
        Figures: WrittenFigures
        /// Files of published figures that are not there.
        Missing: string[]
    }

/// The figures and tables of the study "Investigating ReLoRA", from a sweep's logs, as one page and as files for papers.
[<AbstractClass; Sealed>]
type PaperReport =
    /// <summary>Where a sweep's figures lie unless another place is asked for.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    static member DefaultFolder(runsRoot: string, sweepName: string) =
        Path.Combine(RunsFolder(runsRoot).Sweep(sweepName).Path, "paper")

    /// <summary>Writes the page <c>paper.html</c> and each figure as PNG and SVG.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    /// <param name="folder">Where to; it is made where it is missing.</param>
    /// <param name="reference">A folder of published figures; null for none. docs/paper-figures.md has the files' form.</param>
    /// <param name="scale">The published models drawn beside ours, tiny or small; null for those of the sweep's size, or else both.</param>
    /// <exception cref="T:ReLoRA.Analysis.Report.Paper.ReferenceFileException">A file of published figures is of another form.</exception>
    /// <exception cref="T:ReLoRA.Results.Runs.RunFileException">There is no such sweep, or its plan is damaged.</exception>
    static member Write
        (runsRoot: string, sweepName: string, folder: string, reference: string | null, scale: string | null)
        : PaperFiles =
        let frames = Frames.OfSweep(runsRoot, sweepName)
        let scale, reason = PaperScale.choose scale frames

        let published =
            match reference with
            | null -> Published.none
            | found -> ReferenceFiles.read found |> Published.ofScale scale

        let sections =
            PaperSections.build frames published scale reason (Option.ofObj reference |> Option.defaultValue "")

        let page = Path.GetFullPath(Path.Combine(folder, "paper.html"))
        AtomicFile.Write(page, Page.html $"{frames.Sweep}: the study's figures" (SweepReport.Before frames) sections)

        {
            Page = page
            Figures =
                sections
                |> Array.collect _.Blocks
                |> Array.choose (fun block ->
                    match block with
                    | Figure chart -> Some chart
                    | _ -> None)
                |> FigureFiles.write sweepName folder
            Missing = published.Missing
        }
