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
  event.respondWith(answer(request));
});

// What stands after `?` is for the page to read, or for the program that is started. It reads that from the answer's address, so
// the answer must have the one that was asked for: one that is made here has.
async function answer(request) {
  const [address, asked] = request.url.split(/[?#]/);
  const found = await kept(address);
  if (!found) return fetch(request);
  return asked ? new Response(found.body, found) : found;
}

async function kept(address) {
  const cache = await caches.open(KEPT);
  return cache.match(address.replace(/\/index\.html$/, "/"));
}
