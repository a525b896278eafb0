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

/** What was seen of the log before: `{ key, size, root }`; what is damaged counts as nothing. */
function remembered() {
  try {
    const { key, size, root } = JSON.parse(localStorage.getItem(REMEMBERED) ?? "null") ?? {};
    const whole = typeof key === "string" && Number.isInteger(size) && size > 0 && /^[0-9a-f]{64}$/.test(root);
    return whole ? { key, size, root } : null;
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

/** The server answered, and has nothing to give. */
class Unavailable extends Error {}

/** @param {string} address */
async function text(address) {
  const response = await fetch(address, { cache: "no-store" });
  if (!response.ok) throw new Unavailable(String(response.status));
  return response.text();
}

/** A number as the page's language writes it; other things as they are. */
function written(slot) {
  return typeof slot === "number" ? slot.toLocaleString(document.documentElement.lang) : String(slot ?? "");
}

/** Shows the words of `kind`, `name` with what `slots` says of it. */
function say(place, kind, name, slots) {
  const words = place.querySelector(`[data-${kind}="${name}"]`);
  if (!words) return;
  words.dataset.words ??= words.textContent;
  words.textContent = words.dataset.words.replace(/\{(\w+)\}/g, (_, slot) => written(slots[slot]));
  words.hidden = false;
}

/** Hides all words, as before the check. */
function silence(place) {
  for (const copy of place.querySelectorAll("[data-copy]")) copy.remove();
  for (const words of place.querySelectorAll("li, p, [data-forget]")) words.hidden = true;
}

/** Shows one more line like that of the fact `name`, which `say` has filled in. */
function again(place, name) {
  const words = place.querySelector(`[data-fact="${name}"]:not([hidden], [data-copy])`);
  const copy = words?.cloneNode(true);
  if (!copy) return;
  copy.dataset.copy = "";
  words.before(copy);
}

/** True if the page shows the value of `line`, a number or a mark. @param {string} line */
function shows(line) {
  const shown = document.querySelector(".value b")?.textContent?.trim();
  const value = line.split("|").at(-1) ?? "";
  return shown === (/^-?\d+$/.test(value) ? written(Number(value)).replace("-", "\u2212") : value);
}

/** True if this is the page of the figure `held`, or of its version in the release `release`. */
function isPageOf(held, release) {
  const [figure, version] = (location.pathname.split("/").at(-1) ?? "").split("@");
  return figure === held && (version === undefined || version === release);
}

/** @param {HTMLElement} place */
async function verify(place) {
  if (place.ariaBusy === "true") return;
  place.ariaBusy = "true";
  const forget = place.querySelector("[data-forget]");
  silence(place);
  say(place, "outcome", "busy", {});
  const refuse = (name, slots) => {
    say(place, "outcome", "refused", {});
    say(place, "refusal", name, slots);
    // Who has a good reason, such as a key that its owner changed and told so, may begin anew.
    forget.hidden = !["key", "shorter", "changed"].includes(name);
  };
  try {
    const proof = await text(place.dataset.verify);
    const { key, evidence } = JSON.parse(proof);
    const seen = remembered();
    if (key !== place.dataset.key) return refuse("page_key", { key });
    const { check } = await checker();
    let history;
    if (seen) {
      // The second line of a checkpoint is the number of entries: the path must lead to that state.
      const to = Number(evidence.checkpoint.split("\n")[1]);
      const path = to > seen.size && (await text(`/api/v1/log/history.json?from=${seen.size}&to=${to}`));
      history = { seen: { size: seen.size, root: seen.root }, path: path ? JSON.parse(path).path : [] };
    }
    // The key that was seen first is the one to trust: the log itself must hand over to any other.
    const trusted = seen?.key ?? key;
    const report = JSON.parse(check(proof, trusted, history && JSON.stringify(history)));
    let ours = false;
    for (const fact of report.facts) {
      again(place, fact.fact);
      // Entries and places are counted from one where people read.
      say(place, "fact", fact.fact, { ...fact, entry: fact.entry + 1, leaf: fact.leaf + 1 });
      if (fact.fact === "signed" && !seen) say(place, "fact", "first", {});
      if (fact.fact === "logged" && fact.simulated) say(place, "fact", "simulated", {});
      if (fact.fact === "held") ours = isPageOf(fact.figure, evidence.line.split("|")[1]);
    }
    if (report.refusal === "checkpoint" && trusted !== key) refuse("key", { key: trusted });
    else if (report.refusal) refuse(report.refusal, { said: report.said });
    else if (report.key !== key) refuse("page_key", { key });
    else if (!ours || evidence.line !== place.dataset.line || !shows(evidence.line)) {
      refuse("page", { line: evidence.line });
    } else {
      say(place, "outcome", "proved", {});
      remember({ key, ...report.state });
    }
  } catch (error) {
    console.warn(error);
    if (error instanceof Unavailable) say(place, "outcome", "unavailable", { status: error.message });
    else say(place, "outcome", "failed", {});
  } finally {
    place.ariaBusy = "false";
    place.querySelector('[data-outcome="busy"]').hidden = true;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-verify] > button");
  const place = button && button.parentElement;
  if (!place) return;
  if (button.hasAttribute("data-forget")) localStorage.removeItem(REMEMBERED);
  void verify(place);
});

// Only now does the button do something, and only now does it show.
document.documentElement.dataset.verifies = "";
