// Takes a picture of every page, for review.
//
//   npm run screenshots -- OUTDIR [BASE_URL]     (default http://127.0.0.1:3000)
//
// Each page on a desktop and on a phone; the overviews and one page of each kind also dark and as
// printed. Files are named after the page: `vi_so-lieu.phone.png`.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { chromium as browsers } from "@playwright/test";

import { chromium, desktop, phone } from "./support/chromium.mjs";

const [outdir, address = "http://127.0.0.1:3000"] = process.argv.slice(2);
if (!outdir) {
  console.error("usage: npm run screenshots -- OUTDIR [BASE_URL]");
  process.exit(2);
}
mkdirSync(outdir, { recursive: true });

/** @type {{ pages: { path: string, example: string }[] }} */
const { pages } = await (await fetch(new URL("/api/v1/pages.json", address))).json();
const missing = { path: "not-found", example: "/vi/khong-co-trang-nay" };

/** @typedef {import("@playwright/test").BrowserContextOptions} ContextOptions */
/** @type {{ name: string, options: ContextOptions, print?: boolean, only?: (path: string) => boolean }[]} */
const looks = [
  { name: "desktop", options: { viewport: desktop } },
  { name: "phone", options: { viewport: phone, isMobile: true, hasTouch: true, deviceScaleFactor: 2 } },
  { name: "desktop-dark", options: { viewport: desktop, colorScheme: "dark" }, only: vietnamese },
  {
    name: "phone-dark",
    options: { viewport: phone, isMobile: true, hasTouch: true, deviceScaleFactor: 2, colorScheme: "dark" },
    only: (path) => path === "/vi",
  },
  { name: "print", options: { viewport: { width: 718, height: 1047 } }, print: true, only: vietnamese },
];

const browser = await browsers.launch(chromium);
let count = 0;
for (const { name, options, print, only } of looks) {
  const context = await browser.newContext({ locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", ...options });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") console.error(`${page.url()}: ${message.text()}`);
  });
  for (const { path, example } of [...pages, missing]) {
    if (only && !only(path)) continue;
    await page.goto(new URL(example, address).href, { waitUntil: "networkidle" });
    if (print) await page.emulateMedia({ media: "print" });
    await page.evaluate(() => document.fonts.ready);
    const file = example.replace(/^\//, "").replace(/[^\p{L}\p{N}.-]+/gu, "_");
    await page.screenshot({ path: join(outdir, `${file}.${name}.png`), fullPage: true });
    count += 1;
  }
  await context.close();
}
await browser.close();
console.log(`${count} pictures in ${outdir}`);

/** @param {string} path */
function vietnamese(path) {
  return path === "/vi" || path.startsWith("/vi/");
}
