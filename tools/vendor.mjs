// Copies what the pages need from node_modules/ to static/vendor/, licences beside it; two runs give the same bytes.
// Usage: npm ci --ignore-scripts && npm run vendor

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const FROM = join(ROOT, "node_modules");
const TO = join(ROOT, "static", "vendor");

const FILES = {
  "htmx.min.js": "htmx.org/dist/htmx.min.js",
  "htmx.LICENSE.txt": "htmx.org/LICENSE",
  "vazirmatn-arabic.woff2": "@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2",
  "vazirmatn-latin.woff2": "@fontsource-variable/vazirmatn/files/vazirmatn-latin-wght-normal.woff2",
  "vazirmatn-latin-ext.woff2": "@fontsource-variable/vazirmatn/files/vazirmatn-latin-ext-wght-normal.woff2",
  "vazirmatn.OFL.txt": "@fontsource-variable/vazirmatn/LICENSE",
  "lucide.LICENSE.txt": "lucide-static/LICENSE",
};

// Name of the symbol on our pages to the name of the drawing; the sixteen topics first.
const ICONS = {
  air: "wind",
  mobility: "bus",
  waste: "recycle",
  water: "droplet",
  wastewater: "waves",
  energy: "zap",
  resources: "package",
  nature: "trees",
  resilience: "shield",
  density: "layers",
  housing: "house",
  social: "heart-pulse",
  culture: "landmark",
  economy: "coins",
  governance: "vote",
  diplomacy: "handshake",
  search: "search",
  close: "x",
  next: "chevron-right",
  back: "chevron-left",
  became: "arrow-right",
  filters: "sliders-horizontal",
  language: "languages",
  writer: "pen-line",
  notice: "info",
  warning: "triangle-alert",
  place: "map-pin",
  tag: "tag",
  network: "network",
  city: "building-2",
  outside: "external-link",
  feed: "rss",
  document: "file-text",
  download: "download",
  time: "calendar",
  quote: "quote",
};

const PACKAGES = ["htmx.org", "@fontsource-variable/vazirmatn", "lucide-static"];

function symbol(name, drawing) {
  const svg = readFileSync(join(FROM, "lucide-static", "icons", `${drawing}.svg`), "utf8");
  const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  const shapes = inner.split("\n").map((line) => line.trim()).join("");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replaceAll(" />", "/>")}</symbol>`;
}

function sprite() {
  const symbols = Object.entries(ICONS).map(([name, drawing]) => symbol(name, drawing));
  return [
    "<!-- Lucide, ISC licence: lucide.LICENSE.txt -->",
    '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2"',
    'stroke-linecap="round" stroke-linejoin="round">',
    ...symbols,
    "</svg>",
    "",
  ].join("\n");
}

function manifest(written) {
  const sources = PACKAGES.map((name) => {
    const { version, license } = JSON.parse(readFileSync(join(FROM, name, "package.json"), "utf8"));
    return { name, version, license };
  });
  const files = Object.fromEntries(
    Object.entries(written).map(([name, bytes]) => [name, createHash("sha384").update(bytes).digest("base64")]),
  );
  return JSON.stringify({ sources, sha384: files }, null, 2) + "\n";
}

rmSync(TO, { recursive: true, force: true });
mkdirSync(TO, { recursive: true });
const written = {};
for (const [name, source] of Object.entries(FILES)) {
  written[name] = readFileSync(join(FROM, source));
}
written["htmx.min.js"] = Buffer.from(written["htmx.min.js"].toString("utf8").replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, "\n"));
written["icons.svg"] = Buffer.from(sprite());
for (const [name, bytes] of Object.entries(written)) writeFileSync(join(TO, name), bytes);
writeFileSync(join(TO, "manifest.json"), manifest(written));
