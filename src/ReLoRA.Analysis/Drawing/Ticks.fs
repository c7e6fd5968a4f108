namespace ReLoRA.Analysis.Drawing

open System

/// Where an axis is marked, in the axis' own coordinates: a logarithmic one has log10 of the figures.
type internal Ticks =
    {
        /// The places with a text.
        Major: (float * string)[]
        /// The places without.
        Minor: float[]
    }

module internal Ticks =
    let private steps (step: float) (low: float) (high: float) =
        let first, last = ceil (low / step - 1e-9), floor (high / step + 1e-9)
        [| for index in first..last -> index * step |]

    /// Rather some more marks than far fewer.
    let private leeway = 0.75

    /// 1, 2 or 5 times a power of ten, such that there are about so many of it.
    let private stepFor (wanted: int) (low: float) (high: float) =
        let rough = (high - low) / float wanted
        let size = 10.0 ** floor (log10 rough)

        [ 1.0; 2.0; 5.0; 10.0 ]
        |> List.map (fun factor -> factor * size)
        |> List.find (fun step -> step >= rough * leeway)

    /// Round figures between two, about as many as are wanted.
    let linear (wanted: int) (low: float) (high: float) =
        let step = stepFor wanted low high
        let places = steps step low high

        {
            Major = Array.zip places (NumberText.multiples step places)
            Minor = [||]
        }

    let private minor (low: float) (high: float) =
        [|
            for exponent in int (floor low) .. int (ceil high) do
                for factor in 2.0 .. 9.0 do
                    let place = float exponent + log10 factor

                    if place >= low && place <= high then
                        place
        |]

    /// Decades as powers of ten where they leave what is easily read as a number.
    let private asPowers low high = low < -3.0 || high > 5.2

    let private decades factors (stride: int) low high =
        let text = NumberText.power (asPowers low high)

        [|
            for exponent in int (floor low) .. int (ceil high) do
                if exponent % stride = 0 then
                    for factor in factors do
                        let place = float exponent + log10 (float factor)

                        if place >= low - 1e-9 && place <= high + 1e-9 then
                            place, text factor exponent
        |]

    /// Decades between two logarithms; 2 and 5 times them where there are few; round figures within one.
    let logarithmic (wanted: int) (low: float) (high: float) =
        let span = high - low

        if span < 0.6 then
            let figures = linear wanted (10.0 ** low) (10.0 ** high)

            {
                Major =
                    figures.Major
                    |> Array.filter (fun (figure, _) -> figure > 0.0)
                    |> Array.map (fun (figure, text) -> log10 figure, text)
                Minor = [||]
            }
        elif span < 2.5 then
            {
                Major = decades [ 1; 2; 5 ] 1 low high
                Minor = minor low high
            }
        else
            let stride = max 1 (int (ceil (span / float wanted)))

            {
                Major = decades [ 1 ] stride low high
                Minor = if stride = 1 then minor low high else [||]
            }
