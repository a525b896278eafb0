// Without JavaScript nothing is offered that needs it.

import { expect, test } from "../support/test.ts";

test("no button for the size of the text or a remembered commune", async ({ page, open }) => {
  await open("/vi/dia-ban/C14845");
  for (const name of [".text-size", ".remember"]) {
    await expect(page.locator(name)).toHaveCount(1);
    await expect(page.locator(name)).toBeHidden();
  }
});
