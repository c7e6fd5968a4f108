/// Pieces of a page. Every text is encoded here and nowhere else.
module internal ReLoRA.Analysis.Report.Html

open System
open System.Net
open ReLoRA.Analysis

let encode (text: string) : string = nonNull (WebUtility.HtmlEncode text)

let paragraph (text: string) = $"<p>{encode text}</p>\n"

let note (text: string) =
    $"<p class=\"note\">{encode text}</p>\n"

let block (text: string) =
    $"<pre tabindex=\"0\">{encode text}</pre>\n"

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

/// A chart's place and its data. No text of the data can end the element: '<' is written as an escape.
let chart (id: string) (label: string) (json: string) =
    let data = json.Replace("<", "\\u003c", StringComparison.Ordinal)
    $"<div class=\"chart\" id=\"{encode id}\" role=\"img\" aria-label=\"{encode label}\"></div>\n<script type=\"application/json\" class=\"chart-data\" data-chart=\"{encode id}\">{data}</script>\n"

/// A section with the anchor that the contents point to.
let section (id: string, title: string, body: string) =
    $"<section id=\"{encode id}\">\n<h2>{encode title}</h2>\n{body}</section>\n"
