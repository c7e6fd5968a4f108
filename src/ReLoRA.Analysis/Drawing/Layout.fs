/// Sizes in points of 1/96 inch; a PNG has two pixels for each.
module internal ReLoRA.Analysis.Drawing.Layout

let width = 800f

/// The height of axes and data; title and legend come on top.
let plotHeight = 430f

/// Around title and legend.
let margin = 14f

/// Around the axes' titles.
let side = 5f

let titleSize = 16f

let legendSize = 12.5f

/// About what axis titles and numbers leave to the data.
let dataWidth = 700f
