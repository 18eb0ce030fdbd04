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
  const asked = new URL(request.url);
  if (request.method !== "GET" || asked.origin !== location.origin) return;
  if (asked.pathname.startsWith("/static/")) event.respondWith(drawn(request));
  else if (request.mode === "navigate") event.respondWith(page(request, asked));
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

async function page(request, asked) {
  const address = kept.address(asked);
  const pages = await caches.open(kept.PAGES);
  let answer;
  try {
    answer = await fetch(request);
  } catch (error) {
    return without(pages, address, error);
  }
  if (await pages.match(address)) await again(pages, asked, address, answer);
  return answer;
}

// What is kept follows the server: the page as it is now, or nothing where it is gone.
async function again(pages, asked, address, answer) {
  if (answer.status >= 500) return;
  if (!kept.until(answer)) await pages.delete(address);
  else if (asked.pathname + asked.search === address) await pages.put(address, answer.clone());
}

async function without(pages, address, error) {
  await kept.purge();
  const found = await pages.match(address);
  if (found) return found;
  // Whoever opens the application from the home screen comes to what is kept, if it is one thing.
  const others = await pages.keys();
  if (address === "/" && others.length === 1) return Response.redirect(others[0].url);
  throw error;
}
