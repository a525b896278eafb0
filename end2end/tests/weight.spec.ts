// What a reader's phone has to load, in bytes on the wire, and that the page can be read before the
// WebAssembly is there.

import type { CDPSession, Page } from "@playwright/test";

import { expect, test } from "../support/test.ts";

const KB = 1000;
/** Everything for a first visit: page, style, fonts, script, WebAssembly, icon. */
const FIRST_VISIT = 450 * KB;
/** Everything that a step to another page or another filter loads. */
const STEP = 40 * KB;

/** Counts what comes over the wire, headers included. */
class Wire {
  private bytes = 0;
  private readonly open = new Map<string, string>();
  private readonly seen: string[] = [];
  private last = Date.now();

  static async of(page: Page): Promise<Wire> {
    const session = await page.context().newCDPSession(page);
    const wire = new Wire();
    wire.listen(session);
    await session.send("Network.enable");
    return wire;
  }

  private listen(session: CDPSession): void {
    session.on("Network.requestWillBeSent", ({ requestId, request }) => {
      if (!request.url.startsWith("data:")) this.open.set(requestId, request.url);
      this.last = Date.now();
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const url = this.open.get(requestId);
      if (url === undefined) return;
      this.open.delete(requestId);
      this.bytes += encodedDataLength;
      this.seen.push(`${encodedDataLength} ${new URL(url).pathname}`);
      this.last = Date.now();
    });
    session.on("Network.loadingFailed", ({ requestId }) => this.open.delete(requestId));
  }

  /** Bytes and requests since the last call, once nothing has been loaded for a while. */
  async settled(): Promise<{ bytes: number; requests: string[] }> {
    this.last = Date.now();
    await expect
      .poll(() => this.open.size === 0 && Date.now() - this.last > 700, { timeout: 20_000 })
      .toBe(true);
    const { bytes } = this;
    const requests = this.seen.splice(0);
    this.bytes = 0;
    return { bytes, requests };
  }
}

for (const start of ["/vi", "/en"]) {
  test(`a first visit to ${start} and steps from there are light`, async ({ page, open }) => {
    const wire = await Wire.of(page);
    await open(start);
    const first = await wire.settled();
    expect(first.requests.join("\n"), "the WebAssembly was counted").toContain(".wasm");
    expect(first.bytes, first.requests.join("\n")).toBeLessThanOrEqual(FIRST_VISIT);
    const heard = [`first visit ${first.bytes}`];

    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    const to = (path: string) => page.locator(`a[href="${path}"]:visible`).first().click();
    const words = start === "/vi" ? VI : EN;
    const steps: [string, () => Promise<unknown>][] = [
      ["areas", () => to(`${start}/${words.areas}`)],
      ["area", () => to(`${start}/${words.areas}/D384`)],
      ["tables", () => to(`${start}/${words.tables}`)],
      ["table", () => to(`${start}/${words.tables}/case-flow`)],
      [
        "filter",
        // Choosing sends the form.
        () => page.locator("main select[name=by]").selectOption({ index: 1 }),
      ],
      ["explore", () => page.locator(`main a[href^="${start}/${words.explore}?"]`).first().click()],
      [
        "search",
        async () => {
          await page.locator("header input[name=q]").fill("muong lat");
          await page.locator("header input[name=q]").press("Enter");
        },
      ],
      ["releases", () => to(`${start}/${words.releases}`)],
      ["release", () => page.locator(`main a[href^="${start}/${words.releases}/"]`).first().click()],
      ["overview", () => to(start)],
    ];
    for (const [name, step] of steps) {
      const before = page.url();
      await step();
      await expect.poll(() => page.url(), `${name} has an address of its own`).not.toBe(before);
      const { bytes, requests } = await wire.settled();
      expect(bytes, `${name}:\n${requests.join("\n")}`).toBeLessThanOrEqual(STEP);
      expect(requests.join("\n"), `${name} fetches data alone`).not.toMatch(/\.(wasm|js|css|woff2)\b/);
      expect(
        await page.evaluate(() => (window as { sameDocument?: boolean }).sameDocument),
        `${name} was reached without a reload`,
      ).toBe(true);
      heard.push(`${name} ${bytes}`);
    }
    test.info().annotations.push({ type: "bytes", description: heard.join(", ") });
    if (process.env.WEIGHT_PRINT) console.log(heard.join("\n"));
  });
}

const VI = { areas: "dia-ban", tables: "bang", releases: "ky-cong-bo", explore: "kham-pha" };
const EN = { areas: "areas", tables: "tables", releases: "releases", explore: "explore" };

test("the overview can be read before its WebAssembly is there", async ({ page, complaints }) => {
  complaints.allow(/\.wasm/);
  complaints.allow(/Failed to fetch|WebAssembly/);
  let asked = false;
  await page.route(/\.wasm$/, async (route) => {
    asked = true;
    await route.abort();
  });
  await page.goto("/vi", { waitUntil: "load" });
  await expect.poll(() => asked, "the browser asked for the WebAssembly").toBe(true);
  await expect(page.locator("h1 em").first()).toHaveText(/\d/);
  const figures = page.locator(".keys li b");
  expect(await figures.count()).toBeGreaterThanOrEqual(5);
  for (const figure of await figures.all()) {
    await expect(figure).toBeVisible();
    await expect(figure).toHaveText(/\d/);
  }
  await expect(page.locator("main svg").first()).toBeVisible();
  // Without it a link is an ordinary one.
  await page.locator('nav a[href="/vi/dia-ban"]:visible').first().click();
  await expect(page).toHaveURL(/\/vi\/dia-ban$/);
  await expect(page.locator("h1")).toBeVisible();
});
