// `test` for all spec files: Playwright's, which also fails when the browser complains.

import { test as base, expect, type Page, type Response } from "@playwright/test";

import { type Hand, keyboard, pointer } from "./hand.ts";

/** What went wrong in the browser while a test ran. */
class Complaints {
  private readonly seen: string[] = [];
  // What the tests themselves put there.
  private readonly expected: RegExp[] = [/Service Worker registration blocked by Playwright/];

  constructor(page: Page) {
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        const where = message.location().url;
        this.seen.push(`console ${message.type()}: ${message.text()}${where ? ` (${where})` : ""}`);
      }
    });
    page.on("pageerror", (error) => this.seen.push(`uncaught: ${error.stack ?? error.message}`));
    page.on("crash", () => this.seen.push("the page crashed"));
    page.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "unknown";
      // Leaving a page ends what it was still loading.
      if (reason === "net::ERR_ABORTED") return;
      this.seen.push(`request failed: ${request.url()} (${reason})`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) {
        this.seen.push(`status ${response.status()}: ${response.url()}`);
      }
    });
  }

  /** Allows what matches, for a test that is about an error. */
  allow(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  unexpected(): string[] {
    return this.seen.filter((text) => !this.expected.some((pattern) => pattern.test(text)));
  }
}

interface Fixtures {
  complaints: Complaints;
  /** Goes to an address, waits until the page can be used, and answers with the response. */
  open: (address: string) => Promise<Response>;
  /** What the reader works the page with. */
  hand: Hand;
}

export interface Options {
  /** True for a reader without a pointer. */
  byKeyboard: boolean;
}

export const test = base.extend<Fixtures & Options>({
  byKeyboard: [false, { option: true }],

  hand: async ({ page, byKeyboard }, use) => {
    await use(byKeyboard ? keyboard(page) : pointer);
  },

  complaints: [
    async ({ page }, use) => {
      const complaints = new Complaints(page);
      await use(complaints);
      expect(complaints.unexpected(), "the browser has nothing to complain about").toEqual([]);
    },
    { auto: true },
  ],

  open: async ({ page, javaScriptEnabled }, use) => {
    if (javaScriptEnabled) await page.addInitScript(announceWebAssembly);
    await use(async (address) => {
      const response = await page.goto(address, { waitUntil: "load" });
      if (!response) throw new Error(`no response from ${address}`);
      if (javaScriptEnabled) await hydrated(page);
      return response;
    });
  },
});

/** Runs in the page before its own scripts: notes when its WebAssembly has been instantiated. */
function announceWebAssembly(): void {
  const marked = window as Window & { wasmReady?: boolean };
  for (const name of ["instantiate", "instantiateStreaming"] as const) {
    const original = WebAssembly[name] as (...args: unknown[]) => Promise<unknown>;
    Object.assign(WebAssembly, {
      [name]: async (...args: unknown[]) => {
        const result = await original(...args);
        // Hydration is synchronous and queued behind the promise that resolves here.
        setTimeout(() => setTimeout(() => (marked.wasmReady = true)));
        return result;
      },
    });
  }
}

/** Waits until the page has been hydrated: before that a click is an ordinary one. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(
    () => (window as Window & { wasmReady?: boolean }).wasmReady === true,
    undefined,
    { timeout: 15_000 },
  );
}

/** The page's text must fit its window: only a table may scroll sideways, and inside itself. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { width, content, widest } = await page.evaluate(() => {
    const root = document.documentElement;
    const beyond = [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`);
    return { width: root.clientWidth, content: root.scrollWidth, widest: beyond.join(", ") };
  });
  expect(content, `content wider than the window, for example: ${widest}`).toBeLessThanOrEqual(
    width,
  );
}

export { expect };
