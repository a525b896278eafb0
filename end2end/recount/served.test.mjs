// The walk reports what should not be served: a server of a few pages serves it.
//
//   RECOUNT_RELEASES=DIR node --test recount/

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { walk } from "./served.mjs";

const releases = process.env.RECOUNT_RELEASES ?? "";
assert.ok(releases, "RECOUNT_RELEASES names a folder of bundles");

/** Address to page. @type {Record<string, string>} */
const pages = {
  "/vi": `<main><a href="/vi/bang/case-flow">1</a> <a href="/vi/khong-co">2</a><td>4</td></main>`,
  "/vi/bang/case-flow": `<main>
    <form><select name="kind"><option value="denunciation">x</option></select></form>
    <a href="/api/v1/tables/case-flow.svg?item=settled">3</a> <a href="/api/v1/tables/case-flow.png">4</a>
    <table><td data-item="settled">3</td><td data-item="settled">987.654.321</td>
    <td data-item="days_missed">2</td><td>1.234</td></table><svg><text class="axis">3</text></svg></main>`,
  "/api/v1/tables/case-flow.svg?item=settled": `<svg xmlns="http://www.w3.org/2000/svg">
    <text class="row">12</text><text class="row n">4</text><text class="row n">50,0%</text></svg>`,
  "/vi/bang/case-flow?kind=denunciation": `<main><table><td>1</td></table></main>`,
};

const server = createServer((request, response) => {
  const path = request.url ?? "";
  if (path === "/api/v1/pages.json") return response.end(JSON.stringify({ pages: [{ example: "/vi" }] }));
  const page = path.startsWith("/fn/") ? "{}" : pages[path];
  if (page === undefined) response.statusCode = 404;
  const type = path.includes(".svg") ? "image/svg+xml; charset=utf-8" : "text/html";
  if (!path.startsWith("/fn/")) response.setHeader("content-type", type);
  return response.end(page);
});
let address = "";
before(async () => {
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(null)));
  const bound = server.address();
  assert.ok(bound && typeof bound === "object");
  address = `http://127.0.0.1:${bound.port}`;
});
after(() => server.close());

test("small counts, foreign figures, dead links and empty walks are reported", async () => {
  const { seen, problems } = await walk(address, releases);
  assert.equal(seen.pages, 4);
  for (const expected of [
    "/vi: shows a small count, td 4",
    "/vi/khong-co: status 404",
    "/vi/bang/case-flow: settled 3 is in no release",
    "/vi/bang/case-flow: settled 987654321 is in no release",
    // In a drawing only what is set as a figure is one; a picture in pixels is not read.
    "/api/v1/tables/case-flow.svg?item=settled: settled 4 is in no release",
    "/vi/bang/case-flow?kind=denunciation: shows a small count, td 1",
  ]) {
    assert.ok(problems.includes(expected), `${expected} not in\n${problems.join("\n")}`);
  }
  // A missed reception day is about an official: 2 may be said, as may any larger number.
  assert.ok(!problems.some((problem) => problem.includes("td 2") || problem.includes("1.234")));
  assert.match(problems.at(-1) ?? "", /^hardly anything was found/);
  assert.equal(problems.length, 7, problems.join("\n"));
});
