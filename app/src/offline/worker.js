// Keeps the pages that a reader has visited. Pages come from the network; where that fails, the
// last copy is handed out with the time at which it was saved. Files whose names hold their hash,
// and fonts, come from the store first. Made by the server for each build; what other builds kept
// is removed.

const given = GIVEN;
const PAGES = `portal-pages-${given.build}`;
const FILES = `portal-files-${given.build}`;
const MOST = 60;

const ours = (url) => url.origin === location.origin;
const isPage = (url) => ours(url) && /^\/(vi|en)(\/|$)/.test(url.pathname);
const isFile = (url) => ours(url) && /^\/(fonts\/|pkg\/.+\.[^./]+\.\w+$)/.test(url.pathname);
const language = (url) => (url.pathname.split("/")[1] === "en" ? "en" : "vi");
const plain = { ignoreVary: true };

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(FILES).then((files) => files.addAll(given.files)));
});

addEventListener("activate", (event) => event.waitUntil(start()));

async function start() {
  for (const name of await caches.keys()) {
    if (name.startsWith("portal-") && name !== PAGES && name !== FILES) await caches.delete(name);
  }
  await clients.claim();
}

addEventListener("message", (event) => {
  const url = new URL(event.data?.keep ?? "/", location.origin);
  if (!isPage(url)) return;
  event.waitUntil(fetch(url, { cache: "no-cache" }).then((response) => keep(url, response)).catch(() => {}));
});

addEventListener("fetch", (event) => {
  const { method, mode, url: address } = event.request;
  const url = new URL(address);
  url.hash = "";
  if (method !== "GET") return;
  if (isFile(url)) event.respondWith(file(event.request));
  else if (mode === "navigate" && (isPage(url) || (ours(url) && url.pathname === "/"))) {
    event.respondWith(page(event, url));
  }
});

async function file(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request, plain);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.status === 200) await files.put(request, response.clone());
  return response;
}

async function page(event, url) {
  try {
    // Going back, a browser would take an old page from its own store, and nobody would know.
    const response = await fetch(url, { cache: "no-cache", redirect: "manual" });
    event.waitUntil(keep(url, response.clone()));
    return response;
  } catch {
    if (!isPage(url)) return Response.redirect(given.home[navigator.language.startsWith("en") ? "en" : "vi"]);
    const copy = await (await caches.open(PAGES)).match(url.href, plain);
    return copy ? stamped(copy, url) : nothing(url);
  }
}

/** Keeps a page as the newest of at most so many; nothing else, and no page that went wrong. */
async function keep(url, response) {
  const type = response.headers.get("content-type") ?? "";
  if (!isPage(url) || response.status !== 200 || response.redirected || !type.startsWith("text/html")) return;
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  headers.set("x-saved", new Date().toISOString());
  const pages = await caches.open(PAGES);
  await pages.delete(url.href, plain);
  await pages.put(url.href, new Response(await response.text(), { headers }));
  const kept = await pages.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - MOST))) await pages.delete(old, plain);
}

/** The copy with its time. Policy and nonce of a page stand in the same copy, so its scripts run. */
async function stamped(copy, url) {
  const locale = language(url) === "en" ? "en-GB" : "vi-VN";
  const saved = new Date(copy.headers.get("x-saved"));
  const month = locale === "en-GB" ? "long" : "2-digit";
  const day = saved.toLocaleDateString(locale, { day: "2-digit", month, year: "numeric" });
  const time = saved.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  const words = given.words[language(url)].saved.replace("{time}", time).replace("{day}", day);
  const html = (await copy.text()).replace("<body", `<body data-saved="${words}"`);
  return new Response(html, { headers: copy.headers });
}

/** What a reader sees of a page of which there is no copy: that there is none, and which there are. */
async function nothing(url) {
  const tag = language(url);
  const words = given.words[tag];
  const pages = await caches.open(PAGES);
  const kept = [];
  for (const request of (await pages.keys()).reverse()) {
    const target = new URL(request.url);
    const title = /<title>([^<]*)/.exec(await (await pages.match(request, plain)).text())?.[1];
    const href = (target.pathname + target.search).replaceAll("&", "&amp;");
    if (language(target) === tag) kept.push(`<li><a href="${href}">${title ?? href}</a></li>`);
  }
  const list = kept.length ? `<h2>${words.kept}</h2><ul class="notes">${kept.join("")}</ul>` : "";
  const body = `<h1 class="first">${words.title}</h1><p class="lead">${words.body}</p><p><a href="">${words.again}</a></p>${list}`;
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${words.title}</title><link rel="stylesheet" href="${given.style}">`;
  const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
  return new Response(`<!DOCTYPE html><html lang="${tag}"><head>${head}</head><body><main class="wrap">${body}</main></body></html>`, {
    status: 503,
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
  });
}
