# Reads ReLoRA.Scripting run logs into data.frames. The format is described in docs/log-format.md. Base R only.
#
#     source("relora_log.R")
#     runs <- relora_runs("runs", c("cells", "evals"))
#     merge(runs$evals, runs$cells, by = "cell")
#
# Numbers are doubles, as everywhere in R: integers are exact up to 2^53, and one warning tells of a log with larger ones.
# Seeds and hashes are texts in the log, so that they stay exact. A NUL inside a text, which R cannot hold, becomes U+FFFD.

.relora_format <- 1

# What a record must hold to be one, kind by kind: i integer of 64 bits, s of 32, n number, t text, b boolean, N numbers,
# T texts, [name] maps as under that name; with a question mark, may be missing. A test compares it with the C# types.
relora_schema_text <- "
run format:i cell:t config:t method:t semantics:t semantics_version:s seed:t parameters:i trainable_parameters:i steps:i tokens_per_step:i train_data:t evaluation_data:t threads:s device:t micro_batch:s operations_per_token:n? recompute:b? ranks:s?
step step:i tokens:i loss:n learning_rate:n gradient_norm:n skipped:b?
spike step:i phase:t first:i steps:i mean:n deviation:n loss:n peak:n
reset step:i number:s semantics:t preserves_function:b jump:n noise:n jump_bound:n lost:n lost_bound:n lost_testable:b training_jump:n merge_error:n merge_bound:n update_norm:n state_cleared:n gradient_a:n gradient_b:n adapter_rank:n learning_rate_before:n learning_rate_after:n verdict:t layers:[layer] weights_hash:t? norm_a:n? norm_b:n? dead_adapters:t?
eval step:i tokens:i name:t loss:n perplexity:n macro_loss:n macro_perplexity:n domains:[domain] moment:t?
pairs step:i tokens:i name:t accuracy:n phenomena:[phenomenon] moment:t?
task step:i tokens:i name:t data:t moment:t items:i figures:[figure]
probe step:i tokens:i name:t metric:t of:t moment:t values:[value]
checkpoint step:i path:t
note text:t
end step:i tokens:i outcome:t loss:n
crc from:i to:i crc32:i
[layer] name:t merge_error:n update_norm:n norm_a:n? norm_b:n? state_cleared:n? rule_error:n? rank:s? spectrum:N?
[domain] name:t loss:n perplexity:n tokens:i row_nats:N?
[phenomenon] name:t correct:i ties:i pairs:i term:t? right:t?
[figure] group:t name:t metric:t value:n items:i correct:i?
[value] layer:t value:n finding:t vector:N? columns:T?
"

.relora_schema <- local({
  lines <- strsplit(strsplit(trimws(relora_schema_text), "\n", fixed = TRUE)[[1]], " ", fixed = TRUE)
  keys <- lapply(lines, function(line) {
    parts <- strsplit(line[-1], ":", fixed = TRUE)
    type <- vapply(parts, `[`, "", 2)
    list(
      key = vapply(parts, `[`, "", 1),
      type = sub("?", "", type, fixed = TRUE),
      optional = grepl("?", type, fixed = TRUE)
    )
  })
  names(keys) <- vapply(lines, `[`, "", 1)
  keys
})

# ---- MessagePack -------------------------------------------------------------------------------------------------------

.relora_stop <- function(class, message) {
  stop(structure(class = c(class, "error", "condition"), list(message = message, call = NULL)))
}

# Reads values from raw bytes. Integers past R's own carry the attribute `int64` (or `uint64`), for the check of types only.
.relora_decoder <- function(bytes) {
  codes <- as.integer(bytes)
  pos <- 1L
  limit <- length(codes)
  fault <- NULL
  rounded <- FALSE

  torn <- function() .relora_stop("relora_torn", "the last record has no end")
  take <- function(size) {
    at <- pos
    if (size > limit - at + 1L) torn()
    pos <<- as.integer(at + size)
    at
  }
  wrong <- function(what) if (is.null(fault)) fault <<- what
  unsigned <- function(size) {
    at <- take(size)
    value <- codes[at]
    if (size > 1L) for (i in seq.int(at + 1L, at + size - 1L)) value <- value * 256 + codes[i]
    value
  }
  whole <- function(value) {
    if (value >= -2147483647 && value <= 2147483647) return(as.integer(value))
    if (abs(value) > 9007199254740992) rounded <<- TRUE
    structure(value, int64 = TRUE)
  }
  long <- function(signed) {
    at <- take(8L)
    negative <- signed && codes[at] > 127L
    value <- 0
    for (i in seq.int(at, at + 7L)) value <- value * 256 + if (negative) 255L - codes[i] else codes[i]
    if (negative) return(whole(-value - 1))
    if (!signed && codes[at] > 127L) {
      rounded <<- TRUE
      return(structure(value, uint64 = TRUE))
    }
    whole(value)
  }
  text <- function(size) {
    if (size == 0) return("")
    at <- take(size)
    range <- seq.int(at, at + size - 1L)
    part <- bytes[range]
    if (any(codes[range] == 0L)) part <- as.raw(unlist(lapply(as.integer(part), function(code) if (code == 0L) c(0xef, 0xbf, 0xbd) else code)))
    value <- rawToChar(part)
    if (any(codes[range] > 127L)) {
      Encoding(value) <- "UTF-8"
      if (!validUTF8(value)) {
        wrong("a text is not UTF-8")
        return("")
      }
    }
    value
  }
  items <- function(count, depth) {
    if (depth > 16L) .relora_stop("relora_unreadable", "values are nested more than 16 deep")
    if (count > limit - pos + 1L) torn()
    values <- vector("list", count)
    for (i in seq_len(count)) {
      item <- value(depth + 1L)
      if (!is.null(item)) values[[i]] <- item
    }
    values
  }
  map <- function(count, depth) {
    if (depth > 16L) .relora_stop("relora_unreadable", "values are nested more than 16 deep")
    if (count * 2 > limit - pos + 1L) torn()
    values <- vector("list", count)
    keys <- character(count)
    for (i in seq_len(count)) {
      key <- value(depth + 1L)
      if (is.character(key)) keys[i] <- key else wrong("a key is no text")
      item <- value(depth + 1L)
      if (!is.null(item)) values[[i]] <- item
    }
    if (anyDuplicated(keys)) wrong("a key stands there twice")
    names(values) <- keys
    values
  }
  value <- function(depth) {
    if (pos > limit) torn()
    code <- codes[pos]
    pos <<- pos + 1L
    if (code <= 0x7fL) return(code)
    if (code >= 0xe0L) return(code - 256L)
    if (code == 0xcbL) {
      at <- take(8L)
      return(readBin(bytes[at:(at + 7L)], "double", 1L, 8L, endian = "big"))
    }
    if (code >= 0xa0L && code <= 0xbfL) return(text(code - 0xa0L))
    if (code < 0x90L) return(map(code - 0x80L, depth))
    if (code < 0xa0L) return(items(code - 0x90L, depth))
    switch(
      code - 0xbfL,
      NULL, # c0
      .relora_stop("relora_unreadable", "a value of type Unknown"),
      FALSE,
      TRUE,
      bytes[seq.int(length.out = (size <- unsigned(1L)), from = take(size))],
      bytes[seq.int(length.out = (size <- unsigned(2L)), from = take(size))],
      bytes[seq.int(length.out = (size <- unsigned(4L)), from = take(size))],
      extension(unsigned(1L)),
      extension(unsigned(2L)),
      extension(unsigned(4L)),
      readBin(bytes[take(4L) + 0:3], "double", 1L, 4L, endian = "big"),
      NULL, # cb, above
      unsigned(1L),
      as.integer(unsigned(2L)),
      whole(unsigned(4L)),
      long(FALSE),
      signed(unsigned(1L), 256),
      signed(unsigned(2L), 65536),
      whole(signed(unsigned(4L), 4294967296)),
      long(TRUE),
      extension(1),
      extension(2),
      extension(4),
      extension(8),
      extension(16),
      text(unsigned(1L)),
      text(unsigned(2L)),
      text(unsigned(4L)),
      items(unsigned(2L), depth),
      items(unsigned(4L), depth),
      map(unsigned(2L), depth),
      map(unsigned(4L), depth)
    )
  }
  signed <- function(value, range) if (value >= range / 2) as.integer(value - range) else as.integer(value)
  extension <- function(size) {
    wrong("a value of type Extension")
    take(size + 1)
    0L
  }

  list(
    # One value from an offset on, as list(value, end, fault); conditions relora_torn and relora_unreadable.
    read = function(offset, end) {
      pos <<- as.integer(offset) + 1L
      limit <<- as.integer(end)
      fault <<- NULL
      read <- value(0L)
      list(value = read, end = pos - 1L, fault = fault)
    },
    is_map = function(offset) {
      code <- codes[offset + 1L]
      (code >= 0x80L && code <= 0x8fL) || code == 0xdeL || code == 0xdfL
    },
    rounded = function() rounded
  )
}

# Keys of what was read are asked for with [["..."]] only: `$` would take a longer key for a missing one.

# ---- The log -----------------------------------------------------------------------------------------------------------

# R has no CRC-32 of its own, but writes one at the end of every gzip file.
.relora_crc32 <- function(bytes) {
  if (!length(bytes)) return(0)
  path <- tempfile()
  on.exit(unlink(path))
  file <- gzfile(path, "wb", compression = 1L)
  writeBin(bytes, file)
  close(file)
  zipped <- readBin(path, "raw", file.size(path))
  sum(as.integer(zipped[length(zipped) - 7:4]) * 256^(0:3))
}

.relora_check <- list(
  i = function(value) is.integer(value) || isTRUE(attr(value, "int64")),
  s = function(value) is.integer(value) || identical(as.vector(value), -2147483648),
  n = function(value) is.numeric(value),
  t = function(value) is.character(value),
  b = function(value) is.logical(value),
  N = function(value) is.list(value) && all(vapply(value, is.numeric, NA)),
  T = function(value) is.list(value) && all(vapply(value, is.character, NA))
)

.relora_fault <- function(record, schema) {
  present <- names(record)
  for (i in seq_along(schema$key)) {
    key <- schema$key[i]
    at <- match(key, present, 0L)
    value <- if (at > 0L) .subset2(record, at)
    if (is.null(value)) {
      if (schema$optional[i] && at == 0L) next
      return(sprintf("the record has no key '%s'", key))
    }
    type <- schema$type[i]
    check <- .relora_check[[type]]
    if (!is.null(check)) {
      if (!check(value)) return(sprintf("the record's key '%s' is of the wrong type", key))
      next
    }
    if (!.relora_is_array(value) || !all(vapply(value, .relora_is_map, NA)))
      return(sprintf("the record's key '%s' is not an array of maps", key))
    for (item in value) {
      inner <- .relora_fault(item, .relora_schema[[type]])
      if (!is.null(inner)) return(inner)
    }
  }
  NULL
}

.relora_is_map <- function(value) is.list(value) && !is.null(names(value))
.relora_is_array <- function(value) is.list(value) && is.null(names(value))

.relora_damage <- function(begin, end, kind, reason) list(begin = begin, end = end, kind = kind, reason = reason)

.relora_marks <- function(bytes) {
  beginning <- c(as.raw(c(0x84, 0xa4)), charToRaw("kind"), as.raw(0xa3), charToRaw("crc"), as.raw(0xa4), charToRaw("from"))
  found <- grepRaw(beginning, bytes, fixed = TRUE, all = TRUE)
  marks <- list()
  nothing_before <- 0
  for (at in found) {
    if (at < nothing_before) next
    next_byte <- at + length(beginning)
    numbers <- numeric(0)
    for (word in list(c(0xa2, utf8ToInt("t"), utf8ToInt("o")), c(0xa5, utf8ToInt("crc32")), NULL)) {
      code <- if (next_byte <= length(bytes)) as.integer(bytes[next_byte]) else -1L
      size <- if (code >= 0L && code <= 0x7fL) 0L else if (code >= 0xccL && code <= 0xcfL) 2L^(code - 0xccL) else -1L
      if (size < 0L || next_byte + size > length(bytes)) break
      value <- if (size == 0L) code else sum(as.integer(bytes[next_byte + seq_len(size)]) * 256^(rev(seq_len(size)) - 1))
      next_byte <- next_byte + 1L + size
      end <- next_byte + length(word) - 1L
      if (length(word)) {
        if (end > length(bytes) || any(as.integer(bytes[next_byte:end]) != word)) break
        next_byte <- end + 1L
      }
      numbers <- c(numbers, value)
    }
    if (length(numbers) == 3L) {
      marks[[length(marks) + 1L]] <- c(offset = at - 1, begin = numbers[1], end = numbers[2], crc = numbers[3])
      nothing_before <- next_byte
    }
  }
  marks
}

# Blocks whose checksum holds, then what stands after the last checksum: docs/log-format.md, "Damage".
.relora_scan <- function(bytes) {
  size <- length(bytes)
  decoder <- .relora_decoder(bytes)
  records <- vector("list", 1024L)
  count <- 0L
  damages <- list()
  keep <- function(record) {
    count <<- count + 1L
    if (count > length(records)) length(records) <<- 2L * length(records)
    records[[count]] <<- record
  }
  leave <- function(...) damages[[length(damages) + 1L]] <<- .relora_damage(...)
  holds <- function(mark, begin) .relora_crc32(bytes[begin + seq_len(mark[["offset"]] - begin)]) == mark[["crc"]]

  # Reads records from an offset on. Returns NULL at the limit, else what is wrong: offset, end (0: not known), kind, reason.
  read <- function(offset, limit, seen) {
    repeat {
      if (offset >= limit) return(NULL)
      at <- offset
      what <- tryCatch(
        repeat {
          if (at >= limit) break
          one <- decoder$read(at, limit)
          if (!decoder$is_map(at))
            break_with <- .relora_damage(at, one$end, "NotAMap", "a record must be a map")
          else {
            record <- one$value
            reason <- one$fault
            kind <- record[["kind"]]
            if (is.null(reason) && !is.character(kind)) reason <- "the record has no key 'kind' that is a text"
            if (is.null(reason)) {
              if (kind == "run" && .relora_check$i(record[["format"]]) && record[["format"]] != .relora_format)
                .relora_stop("relora_format", sprintf("byte %.0f: the log's format is %s; this reader knows %s. Read it with the version that wrote it.", at, format(as.vector(record[["format"]])), .relora_format))
              schema <- if (startsWith(kind, "[")) NULL else .relora_schema[[kind]]
              if (!is.null(schema)) {
                reason <- .relora_fault(record, schema)
                if (is.null(reason) && !is.null(record[["measured"]]) && !.relora_is_map(record[["measured"]]) && !identical(record[["measured"]], list()))
                  reason <- "the record's key 'measured' is not a map"
              }
            }
            break_with <- if (!is.null(reason)) .relora_damage(at, one$end, "Malformed", reason)
          }
          if (!is.null(break_with)) break
          if (!seen(at, record)) {
            at <- limit
            break
          }
          at <- one$end
          break_with <- NULL
        },
        relora_torn = function(condition) {
          if (decoder$is_map(at)) .relora_damage(at, 0, "TornTail", conditionMessage(condition))
          else .relora_damage(at, 0, "NotAMap", "a record must be a map")
        },
        relora_unreadable = function(condition) {
          if (decoder$is_map(at)) .relora_damage(at, 0, "Malformed", conditionMessage(condition))
          else .relora_damage(at, 0, "NotAMap", "a record must be a map")
        }
      )
      if (!is.null(what)) return(what)
      if (at >= limit) return(NULL)
      return(break_with)
    }
  }

  marks <- .relora_marks(bytes)
  start <- 0
  bad <- NULL
  for (mark in marks) {
    if (mark[["end"]] != mark[["offset"]] || mark[["offset"]] == 0) next
    if (mark[["begin"]] == start && holds(mark, start)) {
      if (!is.null(bad)) leave(bad$from, start, "ChecksumMismatch", bad$reason)
      bad <- NULL
      at <- start
      # The bytes are as they were written: what is no record costs itself only.
      repeat {
        wrong <- read(at, mark[["offset"]], function(offset, record) {
          if (record[["kind"]] != "crc") keep(record)
          TRUE
        })
        if (is.null(wrong)) break
        at <- if (wrong$end > 0) wrong$end else mark[["offset"]]
        leave(wrong$begin, at, if (wrong$kind == "TornTail") "Malformed" else wrong$kind, wrong$reason)
      }
    } else if (is.null(bad)) {
      bad <- list(from = start, reason = sprintf("the checksum at byte %.0f is wrong", mark[["offset"]]))
    }
    start <- mark[["offset"]]
  }
  if (!is.null(bad)) leave(bad$from, start, "ChecksumMismatch", bad$reason)

  later <- which(vapply(marks, function(mark) mark[["offset"]] > start, NA))
  if (length(later)) {
    what <- .relora_damage(
      start, size, "ChecksumMismatch",
      sprintf("the checksum at byte %.0f says that it stands at byte %.0f", marks[[later[1]]][["offset"]], marks[[later[1]]][["end"]])
    )
    for (i in later[later > 1L]) {
      mark <- marks[[i]]
      before <- marks[[i - 1L]][["offset"]]
      if (mark[["offset"]] - (mark[["end"]] - mark[["begin"]]) != before || !holds(mark, before)) next
      way <- if (mark[["offset"]] > mark[["end"]]) "put in" else "taken out"
      what$kind <- "Shifted"
      what$reason <- sprintf("%.0f bytes were %s after byte %.0f", abs(mark[["offset"]] - mark[["end"]]), way, start)
      break
    }
    damages[[length(damages) + 1L]] <- what
  } else {
    # Nothing vouches for these: they count up to the first that is no record.
    covered <- start
    kept <- count
    mismatch <- NULL
    wrong <- read(start, size, function(offset, record) {
      if (record[["kind"]] != "crc") keep(record)
      else if (offset > start || start == 0) {
        says <- c(record[["from"]], record[["to"]], record[["crc32"]])
        if (any(says != c(covered, offset, .relora_crc32(bytes[covered + seq_len(offset - covered)])))) {
          mismatch <<- offset
          return(FALSE)
        }
        covered <<- offset
        kept <<- count
      }
      TRUE
    })
    if (!is.null(mismatch)) {
      count <- kept
      leave(covered, size, "ChecksumMismatch", sprintf("the checksum at byte %.0f is wrong", mismatch))
    } else if (!is.null(wrong)) leave(wrong$begin, size, wrong$kind, wrong$reason)
  }
  if (decoder$rounded()) warning("the log holds integers past 2^53, which are rounded", call. = FALSE)
  structure(list(records = records[seq_len(count)], damages = damages), class = "relora_log")
}

# Reads a log without its damaged parts: list(records, damages). Records are named lists in the order of writing, without crc records.
relora_read_log <- function(path) {
  bytes <- readBin(path, "raw", file.size(path))
  tryCatch(
    .relora_scan(bytes),
    relora_format = function(condition) .relora_stop("relora_format", paste0(path, ", ", conditionMessage(condition)))
  )
}

# Of a log of another format: no records, and one damage from its beginning to its end.
.relora_log_or_damage <- function(path) {
  bytes <- readBin(path, "raw", file.size(path))
  tryCatch(.relora_scan(bytes), relora_format = function(condition) {
    damage <- .relora_damage(0, length(bytes), .relora_unsupported, conditionMessage(condition))
    structure(list(records = list(), damages = list(damage)), class = "relora_log")
  })
}

.relora_unsupported <- "UnsupportedFormat"

relora_of_kind <- function(log, kind) Filter(function(record) record[["kind"]] == kind, log[["records"]])

# Whether the last record is an end.
relora_is_finished <- function(log) {
  count <- length(log[["records"]])
  count > 0L && log[["records"]][[count]][["kind"]] == "end"
}

# ---- Frames ------------------------------------------------------------------------------------------------------------

.relora_kind <- function(kind, ...) {
  force(kind)
  without <- c(..., "kind")
  function(log) lapply(relora_of_kind(log, kind), function(record) .relora_flat(record[setdiff(names(record), without)]))
}

.relora_inner <- function(kind, key, outer, prefix = "", without = NULL) {
  force(kind)
  function(log) {
    rows <- lapply(relora_of_kind(log, kind), function(record) {
      place <- record[intersect(outer, names(record))]
      lapply(record[[key]], function(item) {
        item <- item[setdiff(names(item), without)]
        both <- names(item) %in% outer
        names(item)[both] <- paste0(prefix, names(item)[both])
        c(place, item)
      })
    })
    unlist(rows, recursive = FALSE)
  }
}

.relora_spectra <- function(log) {
  rows <- lapply(relora_of_kind(log, "reset"), function(reset) lapply(reset[["layers"]], function(layer) {
    Map(
      function(index, value) list(step = reset[["step"]], number = reset[["number"]], name = layer[["name"]], index = index, value = value),
      seq_along(layer[["spectrum"]]), layer[["spectrum"]]
    )
  }))
  unlist(unlist(rows, recursive = FALSE), recursive = FALSE)
}

.relora_cell <- function(log) {
  run <- c(relora_of_kind(log, "run"), list(list()))[[1]]
  finished <- relora_is_finished(log)
  end <- if (finished) log[["records"]][[length(log[["records"]])]] else list()
  steps <- vapply(relora_of_kind(log, "step"), function(step) as.numeric(step[["step"]]), 0)
  knobs <- tryCatch(if (length(run[["config"]])) relora_json(run[["config"]]), error = function(condition) NULL)
  unreadable <- any(vapply(log[["damages"]], function(damage) damage[["kind"]] == .relora_unsupported, NA))
  told <- vapply(log[["damages"]], function(damage) sprintf("bytes %.0f to %.0f: %s", damage[["begin"]], damage[["end"]], damage[["reason"]]), "")
  list(.relora_flat(c(
    run[setdiff(names(run), c("kind", if (!is.null(knobs)) "config"))],
    list(
      knob = knobs, finished = finished, outcome = if (finished) end[["outcome"]] else NA_character_,
      state = if (unreadable) "unreadable" else if (finished) end[["outcome"]] else "unfinished",
      last_step = if (unreadable) NA_real_ else if (length(steps)) max(steps) else 0, end = end[setdiff(names(end), "kind")],
      damages = length(told), damage = if (length(told)) paste(told, collapse = "; ") else NA_character_
    )
  )))
}

.relora_frames <- list(
  cells = .relora_cell,
  steps = .relora_kind("step"),
  spikes = .relora_kind("spike"),
  resets = .relora_kind("reset", "layers"),
  reset_layers = .relora_inner("reset", "layers", c("step", "number"), without = "spectrum"),
  reset_spectra = .relora_spectra,
  evals = .relora_kind("eval", "domains"),
  eval_domains = .relora_inner("eval", "domains", c("step", "name", "moment"), "domain_"),
  pairs = .relora_kind("pairs", "phenomena"),
  pairs_phenomena = .relora_inner("pairs", "phenomena", c("step", "tokens", "name", "moment"), "phenomenon_"),
  tasks = .relora_kind("task", "figures"),
  task_figures = .relora_inner("task", "figures", c("step", "tokens", "name", "data", "moment"), "figure_"),
  probes = .relora_kind("probe", "values"),
  probe_values = .relora_inner("probe", "values", c("step", "tokens", "name", "metric", "of", "moment")),
  checkpoints = .relora_kind("checkpoint"),
  notes = .relora_kind("note"),
  damages = function(log) log[["damages"]]
)

# Inner maps become columns with a dot; arrays stay lists.
.relora_flat <- function(row) {
  inner <- vapply(row, .relora_is_map, NA)
  if (!any(inner)) return(row)
  parts <- Map(function(name, value, is_inner) {
    if (!is_inner) return(structure(list(value), names = name))
    value <- .relora_flat(value)
    names(value) <- paste0(name, ".", names(value))
    value
  }, names(row), row, inner)
  unlist(unname(parts), recursive = FALSE)
}

.relora_lists <- c("row_nats", "vector", "columns")

.relora_frame <- function(cells, rows) {
  frame <- data.frame(cell = as.character(cells), stringsAsFactors = FALSE)
  columns <- setdiff(unique(unlist(lapply(rows, names))), "cell")
  for (name in columns) {
    values <- lapply(rows, `[[`, name)
    if (name %in% .relora_lists || any(lengths(values) > 1L) || any(vapply(values, is.list, NA)))
      frame[[name]] <- I(lapply(values, unlist))
    else {
      values[lengths(values) == 0L] <- NA
      column <- unlist(values)
      frame[[name]] <- if (is.integer(column)) as.numeric(column) else column
    }
  }
  frame
}

# The cells of a folder of runs (the folder that holds `cells`) as a list of data.frames, one log at a time.
# Only the rows of the frames that are asked for are held. Copies that were moved aside (`ID.old-N`) are no cells. A log of
# another format has a row in `cells`, whose state is unreadable, and one in `damages`; relora_read_log refuses it.
relora_runs <- function(folder, frames = names(.relora_frames)) {
  unknown <- setdiff(frames, names(.relora_frames))
  if (length(unknown))
    stop(sprintf("no frame '%s'; there are %s", unknown[1], paste(names(.relora_frames), collapse = ", ")), call. = FALSE)
  paths <- sort(Sys.glob(file.path(folder, "cells", "*", "log.msgpack")), method = "radix")
  paths <- paths[!grepl(".old-", basename(dirname(paths)), fixed = TRUE)]
  read <- lapply(paths, function(path) {
    log <- .relora_log_or_damage(path)
    lapply(.relora_frames[frames], function(rows) rows(log))
  })
  ids <- basename(dirname(paths))
  result <- lapply(frames, function(name) {
    rows <- lapply(read, `[[`, name)
    .relora_frame(rep(ids, lengths(rows)), unlist(rows, recursive = FALSE))
  })
  names(result) <- frames
  result
}

# The plan of one sweep: cell, label, arm, seed, baseline.
relora_sweep <- function(folder, name) {
  path <- file.path(folder, "sweeps", name, "sweep.json")
  plan <- relora_json(paste(readLines(path, encoding = "UTF-8", warn = FALSE), collapse = "\n"))
  frame <- .relora_frame(vapply(plan[["cells"]], `[[`, "", "id"), lapply(plan[["cells"]], function(cell) cell[names(cell) != "id"]))
  frame
}

# ---- JSON: the configuration's and the plan's --------------------------------------------------------------------------

relora_json <- function(text) {
  pattern <- "\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null|[][{},:]"
  tokens <- regmatches(text, gregexpr(pattern, text, perl = TRUE))[[1]]
  if (!length(tokens)) stop("no JSON")
  at <- 0L
  take <- function() {
    at <<- at + 1L
    if (at > length(tokens)) stop("the JSON has no end")
    tokens[at]
  }
  # Of one code, or of two that are a pair of surrogates. R holds neither a NUL nor one surrogate alone.
  letter <- function(codes) {
    code <- if (is.na(codes[2])) codes[1] else 0x10000 + (codes[1] - 0xd800) * 0x400 + codes[2] - 0xdc00
    intToUtf8(if (code == 0 || (code >= 0xd800 && code <= 0xdfff)) 0xfffd else code)
  }
  string <- function(token) {
    inner <- substr(token, 2L, nchar(token) - 1L)
    if (!grepl("\\", inner, fixed = TRUE)) return(inner)
    pair <- "\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    marks <- regmatches(inner, gregexpr(paste0(pair, "|\\\\u[0-9a-fA-F]{4}|\\\\.|[^\\\\]+"), inner, perl = TRUE))[[1]]
    plain <- c(`\\n` = "\n", `\\t` = "\t", `\\r` = "\r", `\\b` = "\b", `\\f` = "\f")
    paste(vapply(marks, function(mark) {
      if (startsWith(mark, "\\u")) letter(strtoi(c(substr(mark, 3L, 6L), substring(mark, 9L)), 16L))
      else if (mark %in% names(plain)) plain[[mark]]
      else if (startsWith(mark, "\\")) substring(mark, 2L)
      else mark
    }, ""), collapse = "")
  }
  value <- function(token = take()) {
    if (token == "{") {
      result <- structure(list(), names = character(0))
      while ((token <- take()) != "}") {
        if (token == ",") next
        key <- string(token)
        take()
        item <- value()
        result[key] <- list(item)
      }
      return(result)
    }
    if (token == "[") {
      result <- list()
      while ((token <- take()) != "]") if (token != ",") result <- c(result, list(value(token)))
      return(result)
    }
    if (startsWith(token, "\"")) return(string(token))
    switch(token, true = TRUE, false = FALSE, null = NA, as.numeric(token))
  }
  value()
}
