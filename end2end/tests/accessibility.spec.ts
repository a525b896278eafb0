// No page puts a barrier before a reader who uses assistive technology, as far as axe can tell.

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { sitePages } from "../support/site.ts";
import { expect, test } from "../support/test.ts";

for (const { path, example } of sitePages()) {
  test(`${path} has no barrier, light or dark`, async ({ page, open }) => {
    await open(example);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await barriers(page), colorScheme).toEqual([]);
    }
  });
}

/** Every finding of axe, each with the elements that it is about. */
async function barriers(page: Page): Promise<string[]> {
  // Pages hold no frames of other sites, and what passes is not asked for: half the time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  return violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 5).map((node) => `${node.target}: ${node.failureSummary ?? ""}`);
    return `${id}: ${help}\n  ${places.join("\n  ")}`;
  });
}
