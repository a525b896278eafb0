// A reader holds something against the published figures: a sentence, the address of a figure, a file.

import { sitePages } from "../support/site.ts";
import { expect, test } from "../support/test.ts";

const PAGES = {
  vi: { path: "/vi/kiem-chung", label: "Con số, câu hoặc đường dẫn", submit: "Kiểm tra", file: "Kiểm tra tệp" },
  en: { path: "/en/check", label: "Number, sentence or address", submit: "Check", file: "Check the file" },
} as const;

/** The example of the pages of single figures. */
const figure = (locale: string) => {
  const page = sitePages().find(({ path }) => path.startsWith(`/${locale}/`) && /\/(so-lieu|figures)\/:/.test(path));
  if (!page) throw new Error("there is no page of figures");
  return page.example;
};

for (const [locale, words] of Object.entries(PAGES)) {
  test(`${locale}: a claim is asked, answered, corrected, and found again with Back`, async ({ page, open }) => {
    // What the overview's own figure is, a reader can say in words.
    await open(figure(locale));
    const value = (await page.locator(".value b").innerText()).trim();
    await open(words.path);
    const claim = (number: string) =>
      locale === "vi"
        ? `Quý III/2026 đã giải quyết ${number} vụ việc khiếu nại, kiến nghị, phản ánh`
        : `In Q3 2026, ${number} cases of complaints and feedback were settled`;
    await page.getByLabel(words.label).fill(claim(value));
    await page.getByRole("button", { name: words.submit, exact: true }).click();
    const answer = page.locator("[data-verdict]");
    await expect(answer).toHaveAttribute("data-verdict", "current");
    await expect(answer.getByRole("link").first()).toContainText(value);
    await expect(page.getByLabel(words.label)).toHaveValue(claim(value));

    await page.getByLabel(words.label).fill(claim("7"));
    await page.getByRole("button", { name: words.submit, exact: true }).click();
    await expect(answer).toHaveAttribute("data-verdict", "contradicted");
    await expect(answer.getByRole("link").first()).toContainText(value);
    await page.goBack();
    await expect(answer).toHaveAttribute("data-verdict", "current");
    await answer.getByRole("link").first().click();
    await expect(page.locator(".value b")).toHaveText(value);
  });

  test(`${locale}: the address of a figure says whether it holds`, async ({ page, open }) => {
    const address = figure(locale);
    await open(`${words.path}?q=${encodeURIComponent(`https://example.org${address}`)}`);
    const answer = page.locator("[data-verdict]");
    await expect(answer).toHaveAttribute("data-verdict", "current");
    await answer.getByRole("link").click();
    await expect(page).toHaveURL((url) => url.pathname.startsWith(address));
  });

  test(`${locale}: a file is recognised, and one that was changed is told apart`, async ({ page, open, request }) => {
    const file = await (await request.get("/api/v1/releases/2026-Q3.1/tables/case-flow.csv")).text();
    const rows = file.split("\n");
    const at = rows.findIndex((row) => /,settled,case,\d{3,},$/.test(row));
    const changed = rows.with(at, (rows[at] ?? "").replace(/\d+,$/, "999999,")).join("\n");
    for (const [content, verdict] of [[file, "signed"], [changed, "altered"]] as const) {
      await open(words.path);
      await page.locator("input[type=file]").setInputFiles({ name: "case-flow.csv", mimeType: "text/csv", buffer: Buffer.from(content) });
      await page.getByRole("button", { name: words.file }).click();
      await expect(page.locator("[data-verdict]")).toHaveAttribute("data-verdict", verdict);
    }
    await expect(page.locator("[data-verdict] li")).toContainText("999999");
    await expect(page.locator("[data-verdict] li")).toHaveCount(1);
  });
}
