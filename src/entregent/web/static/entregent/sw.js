// Answers without network what this phone keeps: a ticket, the door of an evening, and what these are drawn with.
// With a network every page comes from the server, and one that is no longer to be kept is forgotten.
importScripts("/static/entregent/kept.js");

const LOOK = "entregent-look";
const DRAWN = [
  "tokens.css", "entregent.css", "entregent.js", "kept.js", "door.js", "icon.svg", "manifest.json",
  "fonts/bricolage-fr.woff2",
].map((file) => `/static/entregent/${file}`);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(LOOK).then((look) => look.addAll(DRAWN)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(kept.purge().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(drawn(request));
  else if (request.mode === "navigate") event.respondWith(page(request, pathname));
});

async function drawn(request) {
  const look = await caches.open(LOOK);
  try {
    const answer = await fetch(request);
    if (answer.ok && DRAWN.includes(new URL(request.url).pathname)) await look.put(request, answer.clone());
    return answer;
  } catch (error) {
    const found = await look.match(request, { ignoreSearch: true });
    if (found) return found;
    throw error;
  }
}

async function page(request, pathname) {
  const pages = await caches.open(kept.PAGES);
  let answer;
  try {
    answer = await fetch(request);
  } catch (error) {
    return without(pages, pathname, error);
  }
  if (await pages.match(pathname)) await again(pages, request, pathname, answer);
  return answer;
}

// What is kept follows the server: the page as it is now, or nothing where it is gone.
async function again(pages, request, pathname, answer) {
  if (answer.status >= 500) return;
  if (!kept.until(answer)) await pages.delete(pathname);
  else if (!new URL(request.url).search) await pages.put(pathname, answer.clone());
}

async function without(pages, pathname, error) {
  await kept.purge();
  const found = await pages.match(pathname);
  if (found) return found;
  // Whoever opens the application from the home screen comes to what is kept, if it is one thing.
  const others = await pages.keys();
  if (pathname === "/" && others.length === 1) return Response.redirect(others[0].url);
  throw error;
}
