// How this project starts Chromium: Debian's own, without the background traffic that a fresh
// profile makes. `--no-sandbox` because containers and CI run as root.

export const chromium = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** The narrowest phone that the portal is laid out for. */
export const phone = { width: 360, height: 740 };

export const desktop = { width: 1280, height: 900 };
