// How this project starts Chromium: Debian's own, without the background traffic that a fresh
// profile makes. `--no-sandbox` because containers and CI run as root. The tests take the build
// that has no windows to draw around the page: the same engine, in a third of the time.

export const chromium = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--font-render-hinting=none",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** The browser as people have it, for measurements. */
export const whole = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** The narrowest phone that the portal is laid out for. */
export const phone = { width: 360, height: 740 };

export const desktop = { width: 1280, height: 900 };
