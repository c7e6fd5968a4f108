/// Pieces of a page. Every text is encoded here and nowhere else.
module internal ReLoRA.Analysis.Report.Html

open System
open System.Net
open ReLoRA.Analysis

let encode (text: string) : string = nonNull (WebUtility.HtmlEncode text)

let paragraph (text: string) = $"<p>{encode text}</p>\n"

let note (text: string) =
    $"<p class=\"note\">{encode text}</p>\n"

let warning (text: string) =
    $"<p class=\"warning\">{encode text}</p>\n"

/// A table in a frame of its own, which scrolls where the window is narrow.
let table (table: Table) =
    let cells tag (texts: string[]) =
        texts
        |> Array.map (fun text -> $"<{tag}>{encode text}</{tag}>")
        |> String.concat ""

    let rows =
        table.Rows
        |> Array.map (fun row -> "<tr>" + cells "td" row + "</tr>")
        |> String.concat "\n"

    let notes = table.Notes |> Array.map note |> String.concat ""
    let head = cells "th" table.Columns
    $"<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>\n{notes}"

/// The lines' figures for those who cannot see or point at a chart.
let private figures (id: string) (chart: Chart) =
    match ChartTable.ofChart chart with
    | None -> ""
    | Some found -> $"<details id=\"{id}-figures\"><summary>Figures of this chart</summary>\n{table found}</details>\n"

/// A chart's place and its data. No text of the data can end the element: '<' is written as an escape.
let chart (chart: Chart) =
    let id, label = encode $"chart-{chart.Id}", encode chart.Title

    let data =
        (PlotlyChart.ofChart chart).Replace("<", "\\u003c", StringComparison.Ordinal)

    $"<p class=\"chart-title\">{label}</p>\n<div class=\"chart\" id=\"{id}\" role=\"img\" aria-label=\"{label}\"></div>\n<script type=\"application/json\" class=\"chart-data\" data-chart=\"{id}\">{data}</script>\n{note chart.Note}{figures id chart}"

/// A chart of nothing is told as such.
let private block (block: Block) =
    match block with
    | Heading text -> $"<h3>{encode text}</h3>\n"
    | Paragraph text -> paragraph text
    | Note text -> note text
    | Points texts ->
        texts
        |> Array.map (fun text -> $"<li>{encode text}</li>\n")
        |> String.concat ""
        |> sprintf "<ul>\n%s</ul>\n"
    | Warning text -> warning text
    | TableOf found -> table found
    | Figure found when Chart.isEmpty found -> note $"{found.Title}: there is nothing to draw yet. {found.Note}"
    | Figure found -> chart found
    | Verbatim text -> $"<pre tabindex=\"0\">{encode text}</pre>\n"

/// A section with the anchor that the contents point to.
let section (section: Section) =
    let body = section.Blocks |> Array.map block |> String.concat ""
    $"<section id=\"{encode section.Id}\">\n<h2>{encode section.Title}</h2>\n{body}</section>\n"
