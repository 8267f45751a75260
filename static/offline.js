// Keeps the whole page in the browser, so that it opens without a network. `cargo xtask build` fills in the next two lines.
const VERSION = "";
const FILES = [];

// An origin may hold other pages, and other copies of this one.
const OURS = `raft-playground ${registration.scope} `;
const KEPT = OURS + VERSION;

// All files of a version, or none: no page is ever put together from two.
addEventListener("install", (event) => {
  const fresh = FILES.map((name) => new Request(name, { cache: "no-cache" }));
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(fresh)));
});

// A new version begins only when no page of the old one is open any more.
addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(OURS) && name !== KEPT;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  // What stands after `?` is for the page to read.
  event.respondWith(kept(request.url.split(/[?#]/)[0]).then((found) => found ?? fetch(request)));
});

async function kept(address) {
  const cache = await caches.open(KEPT);
  return cache.match(address.replace(/\/index\.html$/, "/"));
}
