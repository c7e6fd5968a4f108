// Writes the small files of token ids that tests/ReLoRA.Data.Tests/Fixtures/foreign-ids holds, by three writers that share no code with
// the C# ones: apache-arrow (JavaScript), parquet-wasm (arrow-rs, Rust) and nodejs-polars (Polars, Rust).
//   npm install --prefix tools/foreign-ids && node tools/foreign-ids/make.mjs OUTPUT_FOLDER
// Token t of row r is (r * 31 + t) modulo 97; 7 rows of 5 tokens, and a column of text before them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import * as parquet from "parquet-wasm";
import pl from "nodejs-polars";

const output = process.argv[2];
const rows = Array.from({ length: 7 }, (_, r) => Array.from({ length: 5 }, (_, t) => (r * 31 + t) % 97));
const text = rows.map((_, r) => `document number ${r}, which is long enough to lie outside of a view`);
const save = (name, bytes) => writeFileSync(join(output, name), bytes);

function arrowTable(type, convert) {
  const ids = arrow.vectorFromArray(rows.map((row) => row.map(convert)), type);
  return new arrow.Table({ text: arrow.vectorFromArray(text, new arrow.Utf8()), input_ids: ids });
}
const list = (item) => new arrow.List(new arrow.Field("item", item));
const int32 = arrowTable(list(new arrow.Int32()), Number);
save("arrow-js-list-int32.arrow", arrow.tableToIPC(int32, "stream"));
save("arrow-js-list-int64.arrow", arrow.tableToIPC(arrowTable(list(new arrow.Int64()), BigInt), "stream"));
save("arrow-js-list-uint16.arrow", arrow.tableToIPC(arrowTable(list(new arrow.Uint16()), Number), "stream"));
const fixed = new arrow.FixedSizeList(5, new arrow.Field("item", new arrow.Int32()));
save("arrow-js-fixed-int32.arrow", arrow.tableToIPC(arrowTable(fixed, Number), "file"));

const codecs = { snappy: "SNAPPY", zstd: "ZSTD", gzip: "GZIP", plain: "UNCOMPRESSED" };
for (const [name, codec] of Object.entries(codecs)) {
  const properties = new parquet.WriterPropertiesBuilder()
    .setCompression(parquet.Compression[codec])
    .setMaxRowGroupSize(3)
    .build();
  const table = parquet.Table.fromIPCStream(arrow.tableToIPC(int32, "stream"));
  save(`arrow-rs-${name}.parquet`, parquet.writeParquet(table, properties));
}
const wide = parquet.Table.fromIPCStream(arrow.tableToIPC(arrowTable(list(new arrow.Int64()), BigInt), "stream"));
save("arrow-rs-int64.parquet", parquet.writeParquet(wide, new parquet.WriterPropertiesBuilder().build()));

const frame = (type) =>
  pl.DataFrame({ text, input_ids: rows }).withColumns(pl.col("input_ids").cast(pl.List(type)));
for (const compression of ["uncompressed", "lz4", "zstd"])
  frame(pl.Int64).writeIPC(join(output, `polars-large-list-${compression}.arrow`), { compression });
frame(pl.Int32).writeParquet(join(output, "polars-zstd.parquet"), { compression: "zstd" });
