// Reads JSON lines of strings, writes JSON lines of id arrays, by Hugging Face's Rust library.
// node encode.js TOKENIZER.json < texts.jsonl > ids.jsonl
const { createInterface } = require("node:readline");
const { Tokenizer } = require("@anush008/tokenizers");

async function main() {
  const tokenizer = await Tokenizer.fromFile(process.argv[2]);
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const encoding = await tokenizer.encode(JSON.parse(line), null, { addSpecialTokens: false });
    if (!process.stdout.write(JSON.stringify(Array.from(encoding.getIds())) + "\n"))
      await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
}

main();
