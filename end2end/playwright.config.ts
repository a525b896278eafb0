import { defineConfig } from "@playwright/test";

import { chromium, desktop, phone } from "./support/chromium.mjs";
import type { Options } from "./support/test.ts";

// `run.mjs` starts the server and sets both variables.
const baseURL = process.env.PORTAL_BASE_URL;
if (!baseURL) throw new Error("start the tests with `npm test` (or `make end2end`)");

const onPhone = { viewport: phone, isMobile: true, hasTouch: true };

// Each spec runs where it says something new; the whole set has to end within minutes on two
// cores. `pages`, `filters`, `not-found`, `search` and `stories` run in all four
// windows.
const specs = (...names: string[]) => names.map((name) => `**/${name}.spec.ts`);
const everywhere = specs("pages", "filters", "not-found", "search", "stories");

export default defineConfig<Options>({
  testDir: "tests",
  fullyParallel: true,
  forbidOnly: true,
  // A test that passes at the second try has found something: it fails.
  retries: 0,
  // More than cores: tests wait for pages a good part of their time.
  workers: 3,
  // Ends what hangs. On a busy machine axe takes more than a minute over the longest page, in two colour schemes.
  timeout: 180_000,
  reporter: [["dot"], ["./support/summary.ts"]],
  use: {
    baseURL,
    browserName: "chromium",
    launchOptions: chromium,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    screenshot: "only-on-failure",
    // A trace of each test doubles the time: `npm test -- --trace on` for the one in question.
    trace: "off",
    // Only the tests of reading offline want the worker: it would load each page a second time.
    serviceWorkers: "block",
  },
  projects: [
    {
      name: "desktop",
      testMatch: [...everywhere, ...specs("accessibility", "check", "device", "downloads", "events", "explore", "figures", "frame", "language", "maps", "navigation", "offline", "print", "profiles", "understand", "verify", "weight")],
      use: { viewport: desktop },
    },
    {
      name: "phone",
      testMatch: [...everywhere, ...specs("accessibility", "check", "device", "events", "navigation", "phone", "understand")],
      use: onPhone,
    },
    {
      name: "desktop without JavaScript",
      testMatch: [...everywhere, ...specs("check", "frame", "links", "scripts-off", "understand")],
      use: { viewport: desktop, javaScriptEnabled: false },
    },
    {
      name: "phone without JavaScript",
      testMatch: [...everywhere, ...specs("language")],
      use: { ...onPhone, javaScriptEnabled: false },
    },
    {
      name: "keyboard",
      testMatch: specs("stories"),
      use: { viewport: desktop, byKeyboard: true },
    },
    {
      name: "reduced motion",
      testMatch: specs("motion"),
      use: { viewport: desktop, contextOptions: { reducedMotion: "reduce" } },
    },
  ],
});
