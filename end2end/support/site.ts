// The pages under test, as the server's own router lists them.

import { readFileSync } from "node:fs";

/** A route of the portal. */
export interface SitePage {
  /** The route's pattern, such as `/vi/bang/:table`. */
  path: string;
  /** One address that the pattern matches and that has something to show. */
  example: string;
}

export type Locale = "vi" | "en";

/**
 * All routes. `run.mjs` asks the server for them before Playwright collects its tests, so that a
 * new page is tested without anyone naming it here.
 */
export function sitePages(): SitePage[] {
  const file = process.env.PORTAL_PAGES;
  if (!file) throw new Error("start the tests with `npm test` (or `make end2end`)");
  const { pages } = JSON.parse(readFileSync(file, "utf8")) as { pages: SitePage[] };
  if (pages.length === 0) throw new Error("the server lists no page");
  return pages;
}

/** The paths of all examples, without what they ask. */
export function examplePaths(): string[] {
  return sitePages().map(({ example }) => example.split("?")[0] ?? "");
}

export function localeOf(path: string): Locale {
  const locale = path.split("/")[1];
  if (locale !== "vi" && locale !== "en") throw new Error(`no locale in the path ${path}`);
  return locale;
}
