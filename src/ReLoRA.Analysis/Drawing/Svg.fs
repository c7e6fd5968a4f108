/// A figure as SVG whose texts are outlines, so that it looks the same where its font is missing.
module internal ReLoRA.Analysis.Drawing.Svg

open System
open System.Globalization
open System.IO
open System.Text
open System.Xml
open System.Xml.Linq
open ReLoRA.Analysis.Report
open SkiaSharp

let private space = XNamespace.Get "http://www.w3.org/2000/svg"

let private raw (figure: Figure) =
    use stream = new MemoryStream()

    do
        use canvas = SKSvgCanvas.Create(SKRect(0f, 0f, figure.Width, figure.Height), stream)
        figure.Draw canvas

    stream.Position <- 0L
    XDocument.Load(stream, LoadOptions.PreserveWhitespace)

let private attribute (element: XElement) (name: string) =
    match element.Attribute(XName.Get name) with
    | null -> ""
    | found -> found.Value

let private numbers (text: string) =
    text.Split([| ','; ' ' |], StringSplitOptions.RemoveEmptyEntries)
    |> Array.map (fun number -> Single.Parse(number, CultureInfo.InvariantCulture))

/// The outline of a text element: each sign at the place that the drawing gave it.
let private outline (element: XElement) =
    let isBold = attribute element "font-weight" <> ""

    use font =
        new SKFont(FigureFont.face isBold, (numbers (attribute element "font-size"))[0])
    // The writer puts breaks and tabs around the text, and the drawing has none in it.
    let text = element.Value.Trim('\n', '\t')
    let x, y = numbers (attribute element "x"), numbers (attribute element "y")
    use path = new SKPath()

    for index, rune in text.EnumerateRunes() |> Seq.indexed do
        use glyph = font.GetGlyphPath(font.GetGlyph rune.Value)

        if not (isNull glyph) then
            path.AddPath(glyph, x[index], y[min index (y.Length - 1)])

    let drawn = XElement(space + "path")
    drawn.SetAttributeValue(XName.Get "aria-label", text)

    for name in [ "transform"; "fill"; "fill-opacity" ] do
        match attribute element name with
        | "" -> ()
        | value -> drawn.SetAttributeValue(XName.Get name, value)

    drawn.SetAttributeValue(XName.Get "d", path.ToSvgPathData())
    drawn

/// Names by the order in which they come: the drawing counts them through all figures of a process, and several can stand in one page.
let private rename (id: string) (root: XElement) =
    let attributes = root.Descendants() |> Seq.collect _.Attributes() |> Seq.toArray

    let names =
        attributes
        |> Array.filter (fun found -> found.Name.LocalName = "id")
        |> Array.mapi (fun index found -> found.Value, $"{id}-{index}")
        |> dict

    for found in attributes do
        if found.Name.LocalName = "id" then
            found.Value <- names[found.Value]
        elif found.Value.StartsWith("url(#", StringComparison.Ordinal) then
            found.Value <- $"url(#{names[found.Value[5 .. found.Value.Length - 2]]})"
        elif found.Name.LocalName = "href" && found.Value.StartsWith('#') then
            found.Value <- $"#{names[found.Value[1..]]}"

let private describe (chart: Chart) (root: XElement) =
    root.SetAttributeValue(XName.Get "role", "img")
    let width, height = attribute root "width", attribute root "height"
    root.SetAttributeValue(XName.Get "viewBox", $"0 0 {width} {height}")
    let child (name: string) (text: string) = XElement(space + name, XText text)
    root.AddFirst(child "title" chart.Title, child "desc" chart.Note)

let private bytes (document: XDocument) =
    use stream = new MemoryStream()

    do
        use writer =
            XmlWriter.Create(stream, XmlWriterSettings(Encoding = UTF8Encoding false, NewLineChars = "\n"))

        document.Save writer

    stream.ToArray()

let ofFigure (chart: Chart) (figure: Figure) =
    let document = raw figure
    let root = nonNull document.Root

    for text in root.Descendants(space + "text") |> Seq.toArray do
        text.ReplaceWith(outline text)

    rename chart.Id root
    describe chart root
    bytes document
