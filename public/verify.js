// Checks a figure's proof in the browser, when its reader asks: fetches the proof and the check
// itself, a WebAssembly of its own, and shows each step in the words that the page brought along.
// What the log of releases was like is remembered on this device alone, and the next log must
// continue it.

const REMEMBERED = "log-of-releases";

/** @type {Promise<{ check: (proof: string, key: string, history?: string) => string }> | undefined} */
let loading;

function checker() {
  loading ??= import("/verify/verifier.js").then(async (module) => {
    await module.default({ module_or_path: "/verify/verifier_bg.wasm" });
    return module;
  });
  // A line that failed may work the next time.
  loading.catch(() => (loading = undefined));
  return loading;
}

/** What was seen of the log before: `{ key, size, root }`. */
function remembered() {
  try {
    const seen = JSON.parse(localStorage.getItem(REMEMBERED) ?? "null");
    return typeof seen?.key === "string" && Number.isInteger(seen.size) ? seen : null;
  } catch {
    return null;
  }
}

/** @param {object} seen */
function remember(seen) {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(seen));
  } catch {
    // A browser that keeps nothing still checks the figure itself.
  }
}

/** @param {string} address */
async function text(address) {
  const response = await fetch(address, { cache: "no-store" });
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.text();
}

/** Shows the words of `kind`, `name` with what `slots` says of it. */
function say(place, kind, name, slots) {
  const words = place.querySelector(`[data-${kind}="${name}"]`);
  if (!words) return;
  words.dataset.words ??= words.textContent;
  words.textContent = words.dataset.words.replace(/\{(\w+)\}/g, (_, slot) => String(slots[slot] ?? ""));
  words.hidden = false;
}

/** True if the page shows the value of `line`, a number or a mark. @param {string} line */
function shows(line) {
  const shown = document.querySelector(".value b")?.textContent ?? "";
  const value = line.split("|").at(-1) ?? "";
  return /^\d+$/.test(value) ? shown.replace(/[.,\s]/g, "") === value : shown.trim().startsWith(value);
}

/** @param {HTMLElement} place */
async function verify(place) {
  for (const words of place.querySelectorAll("li, p")) words.hidden = true;
  place.setAttribute("aria-busy", "true");
  try {
    const proof = await text(place.dataset.verify);
    const { key, evidence } = JSON.parse(proof);
    const seen = remembered();
    if (seen && seen.key !== key) {
      say(place, "outcome", "refused", {});
      say(place, "refusal", "key", { key: seen.key });
      return;
    }
    const { check } = await checker();
    const path = seen && (await text(`/api/v1/log/history.json?from=${seen.size}`));
    const history = seen && { seen: { size: seen.size, root: seen.root }, path: JSON.parse(path).path };
    const report = JSON.parse(check(proof, key, history ? JSON.stringify(history) : undefined));
    for (const fact of report.facts) {
      // Entries and places are counted from one where people read.
      const counted = { ...fact, entry: fact.entry + 1, leaf: fact.leaf + 1 };
      say(place, "fact", fact.fact, counted);
      if (fact.fact === "signed" && !seen) say(place, "fact", "first", counted);
    }
    if (report.refusal) {
      say(place, "outcome", "refused", {});
      say(place, "refusal", report.refusal, { said: report.said });
    } else if (evidence.line !== place.dataset.line || !shows(evidence.line)) {
      say(place, "outcome", "refused", {});
      say(place, "refusal", "page", { line: evidence.line });
    } else {
      say(place, "outcome", "proved", {});
      remember({ key, ...report.state });
    }
  } catch (error) {
    console.warn(error);
    say(place, "outcome", "failed", {});
  } finally {
    place.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const place = event.target instanceof Element && event.target.closest("[data-verify] > button")?.parentElement;
  if (place) void verify(place);
});

// Only now does the button do something, and only now does it show.
document.documentElement.dataset.verifies = "";
