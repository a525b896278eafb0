// Starts the built portal with an empty data directory, runs the browser tests against it, and
// stops it. Arguments go to Playwright: `npm test -- --project phone -g 'headings'`.
//
//   PORTAL_BIN       the binary; otherwise release/portal in Cargo's target directory
//   PORTAL_SITE      the browser's part; otherwise site in the same directory
//   PORTAL_BASE_URL  tests a portal that is already running instead

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { data, lastWords, scratch, startPortal, stopPortal, sweep, wasStarted } from "./support/portal.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** @type {import("node:child_process").ChildProcess | undefined} */
let browserTests;

// Ctrl-C reaches the children too, being of the same process group; here it only must not end
// this script before the portal has stopped.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => browserTests?.kill(signal));
}

process.exitCode = 1;
try {
  const address = process.env.PORTAL_BASE_URL ?? (await startPortal());
  const pages = join(scratch, "pages.json");
  const answer = await fetch(new URL("/api/v1/pages.json", address));
  if (!answer.ok) throw new Error(`/api/v1/pages.json answers ${answer.status}`);
  writeFileSync(pages, await answer.text());
  const recounted = wasStarted() ? await recount(address) : 0;
  process.exitCode = (await runBrowserTests(address, pages)) || recounted;
} catch (error) {
  console.error(`end2end: ${error instanceof Error ? error.message : error}`);
}
for (const problem of await stopPortal()) {
  console.error(`end2end: ${problem}`);
  process.exitCode = 1;
}
if (process.exitCode !== 0 && wasStarted()) {
  console.error(`end2end: the portal's last lines:\n${lastWords()}`);
}
sweep();

/**
 * Counts every published figure anew from the extracts, without any code of the portal; holds what
 * the portal serves against the releases; tries to work withheld small counts out; and sees that
 * the recount itself finds what is wrong.
 *
 * @param {string} address
 * @returns {Promise<number>} exit code
 */
async function recount(address) {
  const folder = join(here, "recount");
  const [extracts, releases] = [join(data, "demonstration"), join(data, "releases")];
  const given = { RECOUNT_EXTRACTS: extracts, RECOUNT_RELEASES: releases };
  const runs = [
    [join(folder, "recount.mjs"), extracts, releases],
    [join(folder, "served.mjs"), address, releases],
    [join(folder, "subtract.mjs"), releases],
    ["--test", "--test-reporter=dot", folder],
  ];
  let worst = 0;
  for (const run of runs) {
    const started = spawn(process.execPath, run, {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...given },
    });
    worst = Math.max(worst, await new Promise((done) => started.once("exit", (code) => done(code ?? 1))));
  }
  return worst;
}

/**
 * @param {string} address
 * @param {string} pages
 * @returns {Promise<number>} Playwright's exit code
 */
async function runBrowserTests(address, pages) {
  const playwright = join(here, "node_modules", ".bin", "playwright");
  browserTests = spawn(playwright, ["test", ...process.argv.slice(2)], {
    cwd: here,
    env: {
      ...process.env,
      PORTAL_BASE_URL: address,
      PORTAL_PAGES: pages,
      ...(wasStarted() && { PORTAL_BOUNDARIES: "made up" }),
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((done, fail) => {
    browserTests?.on("error", fail);
    browserTests?.on("exit", (code) => done(code ?? 1));
  });
}
