# Run with: Rscript test_relora_log.R (in this folder). CI runs it through ReLoRA.Results.Tests.
source("relora_log.R")
fixtures <- file.path("..", "..", "tests", "Fixtures", "logs", "format-1")
low_rank <- file.path(fixtures, "runs", "cells", "bbbbbbbbbbbb", "log.msgpack")

check <- function(what, is_so) if (!isTRUE(is_so)) stop(what, call. = FALSE)
same <- function(what, found, expected) check(
  paste0(what, ": ", paste(format(found), collapse = " "), " instead of ", paste(format(expected), collapse = " ")),
  identical(as.vector(found), as.vector(expected))
)

log <- relora_read_log(low_rank)
same("a whole log has no damage", length(log$damages), 0L)
same("a whole log is finished", relora_is_finished(log), TRUE)
same("a seed stays a text", relora_of_kind(log, "run")[[1]]$seed, "9223372036854775807")
same("every record is there", length(log$records), 78L)

for (damaged in list(c("torn", 77, "TornTail"), c("zeros", 78, "NotAMap"), c("flipped", 14, "ChecksumMismatch"))) {
  log <- relora_read_log(file.path(fixtures, "damaged", paste0(damaged[1], ".msgpack")))
  same(paste(damaged[1], "keeps the rest"), length(log$records), as.integer(damaged[2]))
  same(paste(damaged[1], "is named"), log$damages[[1]]$kind, damaged[3])
}

later <- relora_read_log(file.path(fixtures, "later.msgpack"))
same("later kinds are kept", vapply(later$records, `[[`, "", "kind"), c("run", "spectrum", "step"))
same("later keys are kept", later$records[[3]]$flops, 1e12)

fault <- tryCatch(.relora_scan(as.raw(c(0x82, 0xa4, 0x6b, 0x69, 0x6e, 0x64, 0xa3, 0x72, 0x75, 0x6e, 0xa6, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74, 2))), relora_format = conditionMessage)
same("another format is refused", fault, "byte 0: the log's format is 2; this reader knows 1. Read it with the version that wrote it.")
# A map of short texts, as MessagePack.
packed <- function(...) {
  texts <- c(rbind(names(c(...)), c(...)))
  c(as.raw(0x80 + length(texts) / 2), unlist(lapply(texts, function(text) c(as.raw(0xa0 + nchar(text)), charToRaw(text)))))
}
log <- .relora_scan(packed(kind = "note", text = "x", measured_by = "y"))
same("a later key that begins like one of ours is another", names(log$records[[1]]), c("kind", "text", "measured_by"))
same("and costs nothing", length(log$damages), 0L)

same("an empty log has no records", length(.relora_scan(raw(0))$records), 0L)

warned <- FALSE
large <- withCallingHandlers(
  .relora_scan(as.raw(c(0x82, 0xa4, 0x6b, 0x69, 0x6e, 0x64, 0xa1, 0x78, 0xa1, 0x6e, 0xcf, 0x7f, rep(0xff, 7)))),
  warning = function(condition) { warned <<- TRUE; invokeRestart("muffleWarning") }
)
check("integers past 2^53 are rounded, with a warning", warned && as.vector(large$records[[1]]$n) == 2^63)

runs <- relora_runs(file.path(fixtures, "runs"))
same("one row a cell", runs$cells$cell, c("aaaaaaaaaaaa", "bbbbbbbbbbbb"))
same("knobs are columns", runs$cells$knob.Seed, c(42, 42))
same("the end's figures are columns", runs$cells$end.measured.peak_memory_bytes, c(1e6, 1e6))
same("steps", c(tapply(runs$steps$step, runs$steps$cell, max)), c(70, 70))
same("resets", runs$resets$verdict, c("kept", "changed"))
same("what does not exist is NaN", is.nan(runs$resets$training_jump), c(TRUE, TRUE))
same("domains", runs$eval_domains$domain_name[1:2], c("fiction", "news"))

every <- relora_runs(file.path(fixtures, "every-kind"))
same("spectra", every$reset_spectra$value, c(7.5, 2.5, 0, 1e-12))
same("vectors are lists", every$probe_values$vector[[3]], c(3, 2, 0.1, 4))
same("texts are UTF-8", every$probe_values$columns[[3]][2], "Gr\u00f6\u00dfe")
same("what a log lacks is NA", is.na(every$pairs_phenomena$term), c(TRUE, TRUE, FALSE))
same("infinite", every$cells$end.loss[1], Inf)

folder <- tempfile()
dir.create(file.path(folder, "cells", "bbbbbbbbbbbb"), recursive = TRUE)
invisible(file.copy(file.path(fixtures, "damaged", "flipped.msgpack"), file.path(folder, "cells", "bbbbbbbbbbbb", "log.msgpack")))
broken <- relora_runs(folder, c("cells", "damages"))
same("only what is asked for", names(broken), c("cells", "damages"))
same("finished though damaged", broken$cells$finished, TRUE)
same("the damage is a column", broken$cells$damage, "bytes 0 to 9442: the checksum at byte 9442 is wrong")
same("no cells, no rows", nrow(relora_runs(tempfile(), "steps")$steps), 0L)
asked <- tryCatch(relora_runs(folder, "step"), error = conditionMessage)
check("a frame that is none is told", startsWith(asked, "no frame 'step'; there are cells, steps"))

cells <- tempfile()
place <- function(id) {
  dir.create(file.path(cells, "cells", id), recursive = TRUE)
  file.path(cells, "cells", id, "log.msgpack")
}
for (id in c("bbbbbbbbbbbb", "bbbbbbbbbbbb.old-1")) invisible(file.copy(low_rank, place(id)))
same("a copy that was moved aside is no cell", relora_runs(cells, "cells")$cells$cell, "bbbbbbbbbbbb")

newer <- c(as.raw(0x82), packed(kind = "run")[-1], as.raw(c(0xa6, utf8ToInt("format"), 2)))
writeBin(as.raw(newer), place("cccccccccccc"))
mixed <- relora_runs(cells, c("cells", "steps", "damages"))
same("a log of a newer format is a row of its folder's", mixed$cells$state, c("finished", "unreadable"))
same("with why", mixed$cells$damage[2], "bytes 0 to 18: byte 0: the log's format is 2; this reader knows 1. Read it with the version that wrote it.")
same("and without figures", c(mixed$cells$finished[2], is.na(mixed$cells$last_step[2])), c(FALSE, TRUE))
same("and costs the others nothing", unique(mixed$steps$cell), "bbbbbbbbbbbb")
same("it is among the damages", paste(mixed$damages$cell, mixed$damages$kind), "cccccccccccc UnsupportedFormat")
same("a log by itself is refused", inherits(tryCatch(relora_read_log(file.path(cells, "cells", "cccccccccccc", "log.msgpack")), error = identity), "relora_format"), TRUE)

joined <- merge(runs$evals, relora_sweep(file.path(fixtures, "runs"), "sample"), by = "cell")
same("a sweep joins on the cell", sort(unique(joined$arm), method = "radix"), c("ReLoRA", "full"))
same("JSON", relora_json('{"a":[1,"x\\n\\u00e9"],"b":{"c":-2.5e3},"d":null}'), list(a = list(1, "x\n\u00e9"), b = list(c = -2500), d = NA))
same("JSON joins surrogates", relora_json('["\\ud83d\\ude00!","\\ud83d","\\u0000"]'), list("\U1F600!", "\uFFFD", "\uFFFD"))
