namespace ReLoRA.Analysis.Drawing

open ReLoRA.Analysis.Report
open ScottPlot
open SkiaSharp

/// How an arm looks; what it is drawn with in the figure and in the legend.
type internal Swatch =
    /// A line: the arm's place among them, whether it is someone else's, and whether its points are marked.
    | Line of int * bool * bool
    /// A bar: the arm's place among them.
    | Box of int

module internal Swatch =
    let private stroke (colour: SKColor) width =
        new SKPaint(IsStroke = true, StrokeWidth = width, Color = colour, IsAntialias = true)

    /// Lines of a pattern's name across a rectangle.
    let private hatch (pattern: string) (rect: SKRect) =
        let gap = 6f
        let reach = rect.Width + rect.Height
        let along = [ 0f .. gap .. reach ]

        let diagonal rising =
            along
            |> List.map (fun at ->
                if rising then
                    SKPoint(rect.Left + at, rect.Bottom), SKPoint(rect.Left + at - rect.Height, rect.Top)
                else
                    SKPoint(rect.Left + at, rect.Top), SKPoint(rect.Left + at - rect.Height, rect.Bottom))

        let level =
            [
                for at in gap / 2f .. gap .. rect.Height ->
                    SKPoint(rect.Left, rect.Bottom - at), SKPoint(rect.Right, rect.Bottom - at)
            ]

        let upright =
            [
                for at in gap / 2f .. gap .. rect.Width ->
                    SKPoint(rect.Left + at, rect.Top), SKPoint(rect.Left + at, rect.Bottom)
            ]

        match pattern with
        | "/" -> diagonal false
        | "\\" -> diagonal true
        | "x" -> diagonal true @ diagonal false
        | "-" -> level
        | "|" -> upright
        | "+" -> level @ upright
        | _ -> []

    let private dots (rect: SKRect) =
        [
            for x in 3f .. 6f .. rect.Width do
                for y in 3f .. 6f .. rect.Height -> SKPoint(rect.Left + x, rect.Bottom - y)
        ]

    /// A rectangle in the arm's colour and hatching.
    let box (canvas: SKCanvas) (rect: SKRect) index =
        use fill =
            new SKPaint(Color = (Styles.colour index 0.85).ToSKColor(), IsAntialias = true)

        canvas.DrawRect(rect, fill)
        canvas.Save() |> ignore
        canvas.ClipRect rect

        match Palette.pattern index with
        | "" -> ()
        | "." ->
            use white = new SKPaint(Color = SKColors.White, IsAntialias = true)

            for dot in dots rect do
                canvas.DrawCircle(dot, 1.1f, white)
        | pattern ->
            use white = stroke SKColors.White 1.1f

            for first, last in hatch pattern rect do
                canvas.DrawLine(first, last, white)

        canvas.Restore()

    /// A sample for the legend.
    let draw (canvas: SKCanvas) (rect: SKRect) swatch =
        match swatch with
        | Box index -> box canvas rect index
        | Line(index, isReference, isMarked) ->
            let colour = Styles.colour index 1.0
            use line = stroke (colour.ToSKColor()) 2f
            use effect = (Styles.dash (Palette.dash index isReference)).GetPathEffect()
            line.PathEffect <- effect
            canvas.DrawLine(rect.Left, rect.MidY, rect.Right, rect.MidY, line)

            if isMarked then
                use paint = Paint.NewDisposablePaint()
                let mark = MarkerStyle(Styles.symbol index, 7f, colour)
                Drawing.DrawMarker(canvas, paint, Pixel(rect.MidX, rect.MidY), mark)
