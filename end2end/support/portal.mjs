// A portal that is started for a run and stopped after it.
//
//   PORTAL_BIN       the binary; otherwise release/portal in Cargo's target directory
//   PORTAL_SITE      the browser's part; otherwise site in the same directory

import { spawn } from "node:child_process";
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { madeUpDistricts } from "./boundaries.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const binary = process.env.PORTAL_BIN ?? join(target, "release", "portal");
const site = process.env.PORTAL_SITE ?? join(target, "site");

/** Loading the demonstration and publishing its releases is part of the start. */
const startSeconds = 300;
const stopSeconds = 30;

/** A folder for this run. */
export const scratch = mkdtempSync(join(tmpdir(), "portal-end2end-"));
// Postgres runs under an account of its own when this runs as root, and has to get there.
chmodSync(scratch, 0o755);
/** The data directory of a portal that was started. */
export const data = join(scratch, "data");
const log = join(scratch, "portal.log");

/** @type {import("node:child_process").ChildProcess | undefined} */
let portal;

/** True if a portal was started. */
export function wasStarted() {
  return portal !== undefined;
}

/** The last lines that the portal wrote. */
export function lastWords() {
  return lastLines(log, 40);
}

/** Removes what the run left on the disk. */
export function sweep() {
  rmSync(scratch, { recursive: true, force: true });
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

/** @returns {Promise<string>} the address at which the portal is ready */
export async function startPortal() {
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

/**
 * Stops the portal as Ctrl-C does, and answers with what it left behind or complained of.
 *
 * @returns {Promise<string[]>}
 */
export async function stopPortal() {
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
