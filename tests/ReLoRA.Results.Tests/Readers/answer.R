# What the R reader makes of every log of a folder, as LogAnswer.cs writes it: NAME.msgpack gives NAME.r.
arguments <- commandArgs(trailingOnly = TRUE)
source(arguments[1])

hex <- function(bytes) paste(bytes, collapse = "")

text <- function(value) {
  if (is.null(value)) return("z")
  if (is.raw(value)) return(paste0("x", hex(value)))
  if (is.list(value)) {
    items <- vapply(value, text, "", USE.NAMES = FALSE)
    if (is.null(names(value))) return(paste0("[", paste(items, collapse = ","), "]"))
    return(paste0("{", paste0(vapply(names(value), text, "", USE.NAMES = FALSE), ":", items, recycle0 = TRUE, collapse = ","), "}"))
  }
  if (is.logical(value)) return(if (value) "true" else "false")
  if (is.character(value)) return(paste0("t", hex(charToRaw(value))))
  if (is.nan(value)) "nan" else hex(writeBin(as.double(value), raw(), endian = "big"))
}

for (path in Sys.glob(file.path(arguments[2], "*.msgpack"))) {
  lines <- tryCatch(
    {
      log <- suppressWarnings(relora_read_log(path))
      c(
        vapply(log$damages, function(damage) sprintf("damage %.0f %.0f %s", damage$begin, damage$end, damage$kind), ""),
        vapply(log$records, function(record) paste("record", text(record)), "")
      )
    },
    relora_format = function(condition) "another format"
  )
  writeLines(lines, sub("msgpack$", "r", path), sep = "\n")
}
