// Filters are forms that work in any browser, and leave an address that can be shared.

import { localeOf, sitePages } from "../support/site.ts";
import { expect, test } from "../support/test.ts";

test("every filter form changes what is shown and says so in the address", async ({
  page,
  open,
  javaScriptEnabled,
}) => {
  test.setTimeout(180_000);
  let tried = 0;
  for (const { example } of sitePages()) {
    await open(example);
    const form = page.locator('main form[method="get" i]').filter({ has: page.locator("select") });
    if ((await form.count()) === 0) continue;

    await test.step(example, async () => {
      const select = form.first().locator("select").first();
      const name = (await select.getAttribute("name")) ?? "";
      expect(name, "the choice has a name").not.toBe("");
      const current = await select.inputValue();
      const values = await select
        .locator("option")
        .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
      const other = values.find((value) => value !== current);
      if (other === undefined) return;

      await select.selectOption(other);
      // With JavaScript a choice takes effect at once; without, there is a button. A form that asks a
      // question is sent when it is filled in, and so always with its button.
      const asks = await form.first().evaluate((element) => element.classList.contains("ask"));
      if (!javaScriptEnabled || asks) await form.first().getByRole("button").first().click();
      await expect(page).toHaveURL((url) => (url.searchParams.get(name) ?? "") === other);
      await expect(page.locator("h1")).toHaveCount(1);

      const address = page.url();
      const response = await open(address);
      expect(response.status()).toBe(200);
      const again = page.locator('main form[method="get" i]').locator(`select[name="${name}"]`);
      await expect(again.first(), "the form shows what was chosen").toHaveValue(other);

      // The choice outlives a change of the language.
      const elsewhere = localeOf(example) === "vi" ? "en" : "vi";
      await page.locator(`a[hreflang="${elsewhere}"]:visible`).first().click();
      await expect(page.locator("html")).toHaveAttribute("lang", elsewhere);
      expect(new URL(page.url()).searchParams.get(name)).toBe(other);
      tried += 1;
    });
  }
  expect(tried, "some page has a filter").toBeGreaterThan(0);
});
