/// A page of one file: style, contents, sections, and the scripts that draw its charts.
module internal ReLoRA.Analysis.Report.Page

/// The links to the sections, and the sections; what is said before them comes first.
let contents (before: string) (sections: Section[]) =
    let links =
        sections
        |> Array.map (fun section -> $"<a href=\"#{section.Id}\">{Html.encode section.Title}</a>")
        |> String.concat "\n"

    let body = sections |> Array.map Html.section |> String.concat ""
    $"{before}<nav aria-label=\"Contents\">\n{links}\n</nav>\n{body}"

/// A page around a body. What comes before the body is for those who go by keys.
let frame (title: string) (head: string) (before: string) (body: string) (after: string) =
    let name = Html.encode title

    String.concat
        ""
        [
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            $"<title>{name}</title>\n{head}<style>\n"
            Resources.text "report.css"
            $"</style>\n</head>\n<body>\n{before}<main>\n<h1>{name}</h1>\n"
            body
            $"</main>\n{after}</body>\n</html>\n"
        ]

/// A page that needs nothing beside it.
let html (title: string) (before: string) (sections: Section[]) =
    let first = sections |> Array.map _.Id |> Array.head

    frame
        title
        ""
        $"<a class=\"skip\" href=\"#{Html.encode first}\">Skip the contents</a>\n"
        (contents before sections)
        (String.concat
            ""
            [
                "<script>"
                PlotlyChart.library ()
                "</script>\n<script>\n"
                Resources.text "report.js"
                "</script>\n"
            ])
