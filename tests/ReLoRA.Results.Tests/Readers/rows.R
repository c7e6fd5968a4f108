# Every value of a folder of runs as the R reader's frames have it: cell, frame, row, column, type, value.
arguments <- commandArgs(trailingOnly = TRUE)
source(arguments[1])

columns <- function(cell, name, row, column, values) {
  if (is.list(values)) {
    if (startsWith(column, "knob.")) return(NULL)
    index <- unlist(lapply(lengths(values), seq_len))
    at <- rep(seq_along(values), lengths(values))
    return(columns(cell[at], name, row[at], sprintf("%s[%d]", column, index), unlist(values)))
  }
  there <- !is.na(values)
  type <- if (is.character(values)) "t" else if (is.logical(values)) "b" else "n"
  text <- switch(type, t = values, b = tolower(values), n = sprintf("%.17g", values))
  data.frame(
    cell = cell, frame = rep(name, length(cell)), row = row, column = rep_len(column, length(cell)),
    type = rep(type, length(cell)), value = text, stringsAsFactors = FALSE
  )[there, ]
}

runs <- relora_runs(arguments[2], setdiff(names(.relora_frames), "damages"))
parts <- lapply(names(runs), function(name) {
  frame <- runs[[name]]
  row <- ave(seq_along(frame$cell), frame$cell, FUN = seq_along) - 1
  lapply(setdiff(names(frame), "cell"), function(column) columns(frame$cell, name, row, column, frame[[column]]))
})
write.csv(do.call(rbind, unlist(parts, recursive = FALSE)), arguments[3], row.names = FALSE, fileEncoding = "UTF-8")
