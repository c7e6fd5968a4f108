/// How arms are told apart: by colours that the colour-blind tell apart and that stand out on white and on near-black alike (after Okabe
/// and Ito 2008), and by dashes, marks and hatching for those who see none.
module internal ReLoRA.Analysis.Report.Palette

let private colours =
    [|
        0, 114, 178
        213, 94, 0
        0, 158, 115
        204, 121, 167
        230, 159, 0
        86, 180, 233
        127, 127, 127
        148, 103, 189
    |]

let private dashes = [| "solid"; "dot"; "dashdot"; "longdash" |]

let private symbols =
    [|
        "circle"
        "square"
        "diamond"
        "triangle-up"
        "cross"
        "x"
        "triangle-down"
        "star"
    |]

let private patterns = [| ""; "/"; "\\"; "x"; "-"; "|"; "+"; "." |]

let private cyclic (choices: 'choice[]) index = choices[index % choices.Length]

/// Red, green and blue of an arm.
let arm index : int * int * int = cyclic colours index

/// Dashes in plotly.js's names; those of references are told from ours.
let dash index isReference =
    if isReference then
        "dash"
    else
        dashes[index / colours.Length % dashes.Length]

/// Marks in plotly.js's names.
let symbol index = cyclic symbols index

/// Hatching in plotly.js's names.
let pattern index = cyclic patterns index
