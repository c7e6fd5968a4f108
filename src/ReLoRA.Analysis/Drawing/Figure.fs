namespace ReLoRA.Analysis.Drawing

open ReLoRA.Analysis.Report
open ScottPlot
open SkiaSharp

/// A chart that is laid out: drawn on any canvas, it is the same picture.
type internal Figure =
    {
        Width: float32
        Height: float32
        Draw: SKCanvas -> unit
    }

module internal Figure =
    let private titleLine = 21f

    let private plotOf (chart: Chart) =
        let plot = new Plot()
        plot.Axes.Title.IsVisible <- false
        Axes.style plot.Axes.Bottom (Text.drawable chart.X.Title)
        Axes.style plot.Axes.Left (Text.drawable chart.Y.Title)
        plot.Axes.Top.FrameLineStyle.Width <- 0f
        plot.Axes.Right.FrameLineStyle.Width <- 0f
        plot.Grid.MajorLineColor <- Styles.grid

        let entries =
            match chart.Content with
            | Lines bands -> LineDrawing.draw plot chart bands
            | Bars(categories, arms) -> BarDrawing.draw plot chart categories arms
            | Heat map -> HeatDrawing.draw plot chart map

        plot, entries |> Array.map (fun (name, swatch) -> Text.drawable name, swatch)

    /// Lays a chart out.
    let ofChart (chart: Chart) =
        FigureFont.install ()
        let plot, entries = plotOf chart
        let inner = Layout.width - 2f * Layout.margin

        let title = FigureFont.wrap true Layout.titleSize inner (Text.drawable chart.Title)

        let legend = Legend.rows inner entries

        let plotHeight =
            match chart.Content with
            | Heat map -> HeatDrawing.height map
            | Bars _ -> Layout.plotHeight + max 0f (plot.Axes.Bottom.MinimumSize - 60f)
            | Lines _ -> Layout.plotHeight

        let legendTop = Layout.margin + titleLine * float32 title.Length + 4f
        let plotTop = legendTop + Legend.height legend
        // No part of a pixel at the edge, which would be neither paper nor figure.
        let height = ceil (plotTop + plotHeight)

        let draw (canvas: SKCanvas) =
            // The plot clears the whole canvas, so that it comes first.
            plot.Render(canvas, PixelRect(Layout.side, Layout.width - Layout.side, height - Layout.side, plotTop))
            use white = new SKPaint(Color = SKColors.White)
            canvas.DrawRect(SKRect(0f, 0f, Layout.width, plotTop), white)
            canvas.DrawRect(SKRect(0f, plotTop, Layout.side, height), white)
            canvas.DrawRect(SKRect(Layout.width - Layout.side, plotTop, Layout.width, height), white)
            canvas.DrawRect(SKRect(0f, height - Layout.side, Layout.width, height), white)
            use font = new SKFont(FigureFont.face true, Layout.titleSize, Subpixel = true)
            use ink = new SKPaint(Color = Styles.ink.ToSKColor(), IsAntialias = true)

            for index, line in Array.indexed title do
                let y = Layout.margin + titleLine * float32 index + Layout.titleSize - 1f
                canvas.DrawText(line, Layout.margin, y, SKTextAlign.Left, font, ink)

            Legend.draw canvas Layout.margin legendTop legend

        {
            Width = Layout.width
            Height = height
            Draw = draw
        }
