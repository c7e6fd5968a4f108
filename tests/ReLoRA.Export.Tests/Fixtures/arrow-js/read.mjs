// Prints tables of a Feather export: fields, rows and tables end with the units' separators, and a missing value is a SUB.
import { readFileSync, writeSync } from "node:fs";
import { tableFromIPC } from "apache-arrow";

const [folder, ...names] = process.argv.slice(2);
let printed = "";
for (const name of names) {
  const table = tableFromIPC(readFileSync(`${folder}/${name}.feather`));
  printed += table.schema.fields.map((field) => field.name).join("\x1f") + "\x1e";
  const columns = table.schema.fields.map((_, at) => table.getChildAt(at));
  for (let row = 0; row < table.numRows; row++)
    printed += columns.map((column) => text(column.get(row))).join("\x1f") + "\x1e";
  printed += "\x1d";
}
for (let bytes = Buffer.from(printed); bytes.length > 0; ) bytes = bytes.subarray(writeSync(1, bytes));

function text(value) {
  if (value === null) return "\x1a";
  return Object.is(value, -0) ? "-0" : String(value);
}
