// What the browser needs from npm packages, put into engage/web/static/built (never committed):
// one style sheet, two script modules, and the pictures that the style sheet names.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Logger, compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const built = join(root, "engage", "web", "static", "built");
const moj = join(root, "node_modules", "@ministryofjustice", "frontend", "moj");
const govuk = join(root, "node_modules", "govuk-frontend", "dist", "govuk");
const PICTURES = /url\(["']?\.\.\/assets\/(images\/[\w.-]+)["']?\)/g;
const CREST = /url\(["']?\.\.\/assets\/images\/govuk-crest\.svg["']?\)/g;
const BELONGS_TO_GOVUK = /GDS Transport|@font-face|govuk-crest/i;

function styles() {
  const options = { style: "compressed", sourceMap: false, logger: Logger.silent, quietDeps: true, loadPaths: [root, join(root, "node_modules")] };
  const css = compile(join(here, "design.scss"), options).css.replace(CREST, "none");
  if (BELONGS_TO_GOVUK.test(css)) {
    throw new Error("The style sheet names the GOV.UK typeface or crest, which are for GOV.UK services only.");
  }
  return css;
}

// Hashed static storage stops at a source map that is not shipped.
function withoutSourceMap(file) {
  return readFileSync(file, "utf8").replace(/\/\/# sourceMappingURL=\S*\s*$/, "").trimEnd() + "\n";
}

rmSync(built, { recursive: true, force: true });
for (const folder of ["css", "js", "assets/images"]) mkdirSync(join(built, folder), { recursive: true });

const css = styles();
writeFileSync(join(built, "css", "design.css"), css);
const pictures = new Set([...css.matchAll(PICTURES)].map((match) => match[1]));
for (const picture of pictures) copyFileSync(join(moj, "assets", picture), join(built, "assets", picture));
writeFileSync(join(built, "js", "govuk.js"), withoutSourceMap(join(govuk, "govuk-frontend.min.js")));
writeFileSync(join(built, "js", "moj.js"), withoutSourceMap(join(moj, "moj-frontend.min.js")));
console.log(`Built: 1 style sheet (${Math.round(css.length / 1024)} kB), 2 script modules, ${pictures.size} pictures.`);
