// What stays on this phone, and until when: one's own ticket, or the door's list with what it has still to send.
// Read by pages and by the service worker alike; nothing here is a key, and nothing is encrypted or signed.
const kept = (() => {
  const PAGES = "entregent-pages";
  //: How long entries that were noted without network wait for one after the evening, in milliseconds.
  const PATIENCE = 48 * 3600 * 1000;

  const settled = (asked) => new Promise((yes, no) => {
    asked.onsuccess = () => yes(asked.result);
    asked.onerror = () => no(asked.error);
  });

  const opened = () => {
    const asked = indexedDB.open("entregent", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("doors", { keyPath: "code" });
      asked.result.createObjectStore("entries", { keyPath: "uid" });
    };
    return settled(asked);
  };

  const within = async (store, mode, act) => {
    const base = await opened();
    try {
      return await settled(act(base.transaction(store, mode).objectStore(store)));
    } finally {
      base.close();
    }
  };

  const all = (store) => within(store, "readonly", (rows) => rows.getAll());
  const get = (store, key) => within(store, "readonly", (rows) => rows.get(key));
  const put = (store, row) => within(store, "readwrite", (rows) => rows.put(row));
  const drop = (store, key) => within(store, "readwrite", (rows) => rows.delete(key));

  // Under which address a page is kept. By a secret link there is a ticket for each evening; a door is one page for all.
  const address = ({ pathname, searchParams }) => {
    const evening = searchParams.get("soiree");
    return evening ? `${pathname}?${new URLSearchParams({ soiree: evening })}` : pathname;
  };

  const until = (answer) => Date.parse(answer.headers.get("X-Keep-Until") || "") || 0;

  // Forgets every page and list whose evening is over, and entries that nobody sent in time.
  const purge = async (now = Date.now()) => {
    const pages = await caches.open(PAGES);
    for (const request of await pages.keys()) {
      const page = await pages.match(request);
      if (!page || until(page) <= now) await pages.delete(request);
    }
    for (const door of await all("doors")) {
      if (door.until <= now) await drop("doors", door.code);
    }
    for (const entry of await all("entries")) {
      if (entry.until + PATIENCE <= now) await drop("entries", entry.uid);
    }
  };

  return { PAGES, all, get, put, drop, address, until, purge };
})();

// A page that says so is kept, and says that it opens without network once all that this takes is here.
if (typeof document !== "undefined" && document.querySelector("[data-keep]") && "serviceWorker" in navigator) {
  const missing = new Set(document.querySelector("[data-keep][data-door]") ? ["page", "list"] : ["page"]);
  kept.here = (part) => {
    missing.delete(part);
    if (!missing.size) document.querySelectorAll("[data-kept]").forEach((said) => { said.hidden = false; });
  };
  (async () => {
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    await kept.purge();
    const address = kept.address(new URL(location.href));
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || kept.until(answer) <= Date.now()) return;
    await (await caches.open(kept.PAGES)).put(address, answer);
    kept.here("page");
  })().catch(() => {});
}
