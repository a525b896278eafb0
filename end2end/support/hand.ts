// How a reader works the page: with a pointer, or with the keyboard alone.

import { expect, type Locator, type Page } from "@playwright/test";

export interface Hand {
  /** Follows a link, presses a button. */
  press(target: Locator): Promise<void>;
  /** Writes into a box, in place of what stood there. */
  write(box: Locator, text: string): Promise<void>;
  /** Moves a choice to the option with this value. */
  choose(select: Locator, value: string): Promise<void>;
}

export const pointer: Hand = {
  press: (target) => target.click(),
  write: (box, text) => box.fill(text),
  choose: async (select, value) => void (await select.selectOption(value)),
};

/** Tab until the element has the focus, then what its kind understands. */
export function keyboard(page: Page): Hand {
  return {
    press: async (target) => {
      await reach(page, target);
      await page.keyboard.press("Enter");
    },
    write: async (box, text) => {
      await reach(page, box);
      await page.keyboard.press("Control+A");
      await page.keyboard.type(text);
    },
    choose: async (select, value) => {
      await reach(page, select);
      const options = await select.locator("option").evaluateAll((all) => all.map((o) => (o as HTMLOptionElement).value));
      const to = options.indexOf(value);
      expect(to, `${value} among ${options}`).toBeGreaterThanOrEqual(0);
      // On the way the arrows pass other options: nothing may happen until the button is pressed.
      for (let at = options.indexOf(await select.inputValue()); at !== to; at += Math.sign(to - at)) {
        await page.keyboard.press(to > at ? "ArrowDown" : "ArrowUp");
      }
      await expect(select).toHaveValue(value);
      await expect(select, "a choice keeps the focus").toBeFocused();
    },
  };
}

/** No page has more stops than this. */
const MOST_STOPS = 600;

/** Presses Tab until `target` has the focus, and sees that a reader can tell. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const element = await target.elementHandle();
  const focused = () => element?.evaluate((e) => e === document.activeElement);
  for (let stop = 0; !(await focused()); stop += 1) {
    if (stop === MOST_STOPS) throw new Error(`${target} is not reached with Tab`);
    await page.keyboard.press("Tab");
  }
  const outline = await element?.evaluate((e) => getComputedStyle(e).outlineStyle);
  expect(outline, "what has the focus is outlined").not.toBe("none");
  await expect(target).toBeInViewport();
}
