// Reads {"addresses": [...], "texts": [...], "today": "2026-11-25"} and tells what recognise.js finds in them, for
// comparison with the server's reading: [[[kind, told] or null, ...], [[name, ...], ...]].

import { readFileSync } from "node:fs";
import { noon, table, told } from "./tables.mjs";

const { addresses, texts, today } = JSON.parse(readFileSync(0, "utf-8"));
const found = addresses.map((address) => told(table.address(address)));
const answers = [found.map((each) => each && Object.entries(each)[0]), texts.map((text) => table.text(text, noon(today)))];
process.stdout.write(JSON.stringify(answers));
