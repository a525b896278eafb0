// No link of the portal leads nowhere.

import { sitePages } from "../support/site.ts";
import { expect, test } from "../support/test.ts";

/** So many links are followed at a time. */
const atOnce = 4;

test("every internal link on every page is answered", async ({ page, open, request }) => {
  test.setTimeout(300_000);
  const foundOn = new Map<string, string>();
  for (const { example } of sitePages()) {
    await open(example);
    const targets = await page
      .locator("a[href], link[rel~='alternate'][href], link[rel='canonical'][href]")
      .evaluateAll((links) =>
        // Links in drawings have no `href` that is a text.
        links.map((link) => new URL(link.getAttribute("href") ?? "", document.baseURI).href),
      );
    for (const target of targets) {
      const url = new URL(target);
      url.hash = "";
      if (url.origin === new URL(page.url()).origin && !foundOn.has(url.href)) {
        foundOn.set(url.href, example);
      }
    }
  }

  const dead: string[] = [];
  const left = foundOn.entries();
  const follow = async () => {
    for (const [target, source] of left) {
      const answer = await request.get(target);
      if (answer.status() >= 400) dead.push(`${answer.status()} ${target} (on ${source})`);
      await answer.dispose();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, follow));
  expect(dead).toEqual([]);
  expect(foundOn.size).toBeGreaterThan(sitePages().length / 2);
});

test("every link to a part of the same page has its target", async ({ page, open }) => {
  test.setTimeout(180_000);
  const dead: string[] = [];
  for (const { example } of sitePages()) {
    await open(example);
    const missing = await page
      .locator('a[href^="#"]')
      .evaluateAll((links) =>
        links
          .map((link) => decodeURIComponent((link as HTMLAnchorElement).hash.slice(1)))
          .filter((id) => id !== "" && document.getElementById(id) === null),
      );
    dead.push(...missing.map((id) => `#${id} on ${example}`));
  }
  expect(dead).toEqual([]);
});
