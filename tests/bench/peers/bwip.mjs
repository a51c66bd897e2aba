// QR symbols of the texts in a file, a line each, as SVG by bwip-js; prints the octets made.
import { readFileSync } from "node:fs";
import { toSVG } from "bwip-js";

const lines = readFileSync(process.argv[2], "utf8").trim().split("\n");
let octets = 0;
for (const text of lines) octets += toSVG({ bcid: "qrcode", text, eclevel: "M" }).length;
if (octets < 500 * lines.length) throw new Error("too small to be symbols");
console.log(octets);
