// Starts the built portal with an empty data directory, runs the browser tests against it, and
// stops it. Arguments go to Playwright: `npm test -- --project phone -g 'headings'`.
//
//   PORTAL_BIN       the binary; otherwise release/portal in Cargo's target directory
//   PORTAL_SITE      the browser's part; otherwise site in the same directory
//   PORTAL_BASE_URL  tests a portal that is already running instead

import { spawn } from "node:child_process";
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { madeUpDistricts } from "./support/boundaries.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(here, "..", process.env.CARGO_TARGET_DIR ?? "target");
const binary = process.env.PORTAL_BIN ?? join(target, "release", "portal");
const site = process.env.PORTAL_SITE ?? join(target, "site");

/** Loading the demonstration and publishing its releases is part of the start. */
const startSeconds = 300;
const stopSeconds = 30;

const scratch = mkdtempSync(join(tmpdir(), "portal-end2end-"));
// Postgres runs under an account of its own when this runs as root, and has to get there.
chmodSync(scratch, 0o755);
const data = join(scratch, "data");
const log = join(scratch, "portal.log");

/** @type {import("node:child_process").ChildProcess | undefined} */
let portal;
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
  const recounted = portal ? await recount(address) : 0;
  process.exitCode = (await runBrowserTests(address, pages)) || recounted;
} catch (error) {
  console.error(`end2end: ${error instanceof Error ? error.message : error}`);
}
for (const problem of await stopPortal()) {
  console.error(`end2end: ${problem}`);
  process.exitCode = 1;
}
if (process.exitCode !== 0 && portal) {
  console.error(`end2end: the portal's last lines:\n${lastLines(log, 40)}`);
}
rmSync(scratch, { recursive: true, force: true });

/** @returns {Promise<string>} the address at which the portal is ready */
async function startPortal() {
  await importBoundaries();
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const output = openSync(log, "w");
  portal = spawn(binary, ["run"], {
    cwd: scratch,
    env: {
      ...withoutDatabases(process.env),
      PORTAL_DATA_DIR: data,
      PORTAL_LISTEN: `127.0.0.1:${port}`,
      LEPTOS_SITE_ROOT: site,
    },
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  /** @type {Error | undefined} */
  let failure;
  portal.on("error", (error) => (failure = new Error(`cannot start ${binary}: ${error.message}`)));

  const started = Date.now();
  while (Date.now() - started < startSeconds * 1000) {
    if (failure) throw failure;
    if (portal.exitCode !== null || portal.signalCode !== null) {
      throw new Error(`the portal ended at once (${portal.exitCode ?? portal.signalCode})`);
    }
    try {
      const ready = await fetch(new URL("/readyz", address), { signal: AbortSignal.timeout(2000) });
      if (ready.ok) {
        console.log(`end2end: portal ready after ${Math.round((Date.now() - started) / 1000)} s`);
        return address;
      }
    } catch {
      // Not listening yet.
    }
    await sleep(250);
  }
  throw new Error(`the portal was not ready after ${startSeconds} s`);
}

/** Former districts have made-up boundaries in the tests; communes are hexagons, as out of the box. */
async function importBoundaries() {
  const file = join(scratch, "districts.geojson");
  writeFileSync(file, JSON.stringify(madeUpDistricts()));
  const source = ["--source", "hình vẽ thử nghiệm", "--source-en", "made-up shapes"];
  const started = spawn(binary, ["import", "geometry", file, ...source], {
    cwd: scratch,
    env: { ...withoutDatabases(process.env), PORTAL_DATA_DIR: data },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const code = await new Promise((done, fail) => {
    started.once("error", fail);
    started.once("exit", done);
  });
  if (code !== 0) throw new Error(`importing boundaries ended with ${code}`);
}

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
 * Stops the portal as Ctrl-C does, and answers with what it left behind or complained of.
 *
 * @returns {Promise<string[]>}
 */
async function stopPortal() {
  if (!portal?.pid) return [];
  const problems = [];
  if (portal.exitCode === null && portal.signalCode === null) {
    const gone = new Promise((done) => portal?.once("exit", done));
    portal.kill("SIGINT");
    const inTime = await Promise.race([gone.then(() => true), sleep(stopSeconds * 1000)]);
    if (inTime !== true) {
      problems.push(`the portal still ran ${stopSeconds} s after Ctrl-C`);
      portal.kill("SIGKILL");
      await gone;
    } else if (portal.exitCode !== 0) {
      problems.push(`after Ctrl-C the portal ended with ${portal.exitCode ?? portal.signalCode}`);
    }
  }
  const locks = filesUnder(data).filter((file) => file.endsWith("postmaster.pid"));
  if (locks.length > 0) problems.push(`the portal left its database running or locked: ${locks}`);
  if (/panicked at/.test(readFileSync(log, "utf8"))) problems.push("the portal panicked");
  return problems;
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
      ...(portal && { PORTAL_BOUNDARIES: "made up" }),
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((done, fail) => {
    browserTests?.on("error", fail);
    browserTests?.on("exit", (code) => done(code ?? 1));
  });
}

/**
 * The environment without the addresses of databases: the tests must never write to one that the
 * person who runs them works with.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function withoutDatabases(env) {
  const isDatabase = /^(PORTAL_\w+_URL|DATABASE_URL|PG[A-Z]+)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isDatabase.test(name)));
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      if (!address || typeof address === "string") return fail(new Error("no port"));
      probe.close(() => done(address.port));
    });
  });
}

/** @param {number} milliseconds */
function sleep(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesUnder(folder) {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
}

/**
 * @param {string} file
 * @param {number} count
 */
function lastLines(file, count) {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}
