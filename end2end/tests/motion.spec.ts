// A reader who asked for less motion sees none.

import { sitePages } from "../support/site.ts";
import { expect, test } from "../support/test.ts";

for (const { path, example } of sitePages()) {
  test(`${path} does not move when motion is reduced`, async ({ page, open }) => {
    await open(example);
    const moving = await page.evaluate(() => {
      const smooth = getComputedStyle(document.documentElement).scrollBehavior === "smooth";
      // Style sheets commonly shorten animations to a hundredth of a millisecond.
      const visible = document
        .getAnimations()
        .filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 50);
      return { smooth, running: visible.length };
    });
    expect(moving).toEqual({ smooth: false, running: 0 });
  });
}
