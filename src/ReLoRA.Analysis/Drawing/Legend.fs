/// Who is who, above the figure: it covers no data, however many arms there are.
module internal ReLoRA.Analysis.Drawing.Legend

open SkiaSharp

let private rowHeight = 20f
let private sample = 26f
let private gap = 6f
let private between = 20f

let private width (name: string, _: Swatch) =
    sample + gap + FigureFont.width false Layout.legendSize name

/// The entries in rows: as many in each as fit, in columns where there is more than one row.
let rows (limit: float32) (entries: (string * Swatch)[]) =
    let widths = entries |> Array.map width
    let whole = Array.sum widths + between * float32 (entries.Length - 1)

    if entries.Length = 0 then
        [||]
    elif whole <= limit then
        [|
            Array.mapFold
                (fun left (entry, width) -> (left, entry), left + width + between)
                0f
                (Array.zip entries widths)
            |> fst
        |]
    else
        let column = Array.max widths + between
        let columns = max 1 (int ((limit + between) / column))

        entries
        |> Array.chunkBySize columns
        |> Array.map (Array.mapi (fun index entry -> float32 index * column, entry))

let height (rows: 'entry[][]) = rowHeight * float32 rows.Length

/// Draws the rows with their upper left corner at a place.
let draw (canvas: SKCanvas) left top (rows: (float32 * (string * Swatch))[][]) =
    use font = new SKFont(FigureFont.face false, Layout.legendSize, Subpixel = true)
    use ink = new SKPaint(Color = Styles.ink.ToSKColor(), IsAntialias = true)

    for row, entries in Array.indexed rows do
        for offset, (name, swatch) in entries do
            let x, y = left + offset, top + rowHeight * float32 row
            Swatch.draw canvas (SKRect(x, y + 4f, x + sample, y + 16f)) swatch
            canvas.DrawText(name, x + sample + gap, y + 14.5f, SKTextAlign.Left, font, ink)
