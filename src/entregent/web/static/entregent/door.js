// The door where scripts run: it looks tickets up in its own list, notes who is let in, and sends it as soon as there
// is a network. Without scripts, or without what they need, the page is whole and asks the server each time.
(() => {
  const door = document.querySelector("[data-door]");
  if (!door || !window.isSecureContext || !window.indexedDB || !navigator.locks) return;
  const { code, address, zone } = door.dataset;
  //: The doors have closed: there is no list any more, only what this phone has still to send.
  const over = door.dataset.over !== undefined;
  const words = JSON.parse(document.getElementById("door-words").textContent);
  const part = (name) => door.querySelector(`[data-${name}]`);
  const acts = new WeakMap();
  let held = null;
  let entries = [];
  let offline = false;
  let signedOut = false;
  let begun = false;

  // ---- words
  const filled = (text, said) => text.replace(/\{(\w+)\}/g, (_, name) => said[name] ?? "");
  const hour = (at) => {
    const parts = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
    const [h, m] = parts.format(new Date(at)).split(":").map(Number);
    const minutes = String(m).padStart(2, "0");
    if (document.documentElement.lang === "fr") return `${h}\u00a0h${m ? `\u00a0${minutes}` : ""}`;
    return `${h % 12 || 12}:${minutes} ${h < 12 ? "am" : "pm"}`;
  };

  const verdict = (good, text) => {
    const said = part("verdict");
    said.textContent = text;
    said.className = `feuille jugement ${good ? "bon" : "grave"}`;
    said.hidden = false;
  };

  // ---- what is known: the list as the server told it, and what this door noted since
  const called = (line) => (line.line ? line.name : words.borrowed);
  const noted = (line) => entries.find((one) => one.kind === "in" && one.key === line.key);
  const undone = (entry) => entries.some((one) => one.kind === "out" && one.entry === entry);
  const inside = (line) => {
    const own = noted(line);
    if (own) return { hour: hour(own.at), here: true, own };
    if (line.entry && !undone(line.entry)) return { hour: line.hour, here: line.here, entry: line.entry };
    return null;
  };

  const fresh = async () => {
    const all = await kept.all("entries");
    entries = all.filter((one) => one.code === code).sort((one, other) => (one.at < other.at ? -1 : 1));
  };

  // ---- drawing
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const drawn = (kind, name, hourSaid = "", act = null) => {
    const line = document.getElementById(`door-${kind}`).content.cloneNode(true).firstElementChild;
    line.querySelectorAll("[data-name]").forEach((place) => { place.textContent = name; });
    line.querySelectorAll("[data-hour]").forEach((place) => { place.textContent = hourSaid; });
    const form = line.querySelector("form");
    if (form) acts.set(form, act);
    return line;
  };

  const drawnInside = (name, found) => {
    const told = found.own ? `${found.hour} · ${words.unsent}` : found.hour + (found.here ? "" : ` · ${words.other}`);
    return drawn("in", name, told, () => undo(found));
  };

  const drawnLine = (line) => {
    const found = inside(line);
    if (found) return drawnInside(line.name, found);
    if (!line.line) return drawn("ticket", line.name);
    return drawn("out", line.name, "", () => enter({ key: line.key, name: line.name, said: { line: line.line } }));
  };

  const draw = () => {
    status();
    if (!held || over) return;
    const wanted = folded(part("search").value.trim());
    const fits = (line) => !wanted || (line.line && folded(line.name).includes(wanted));
    part("lines").replaceChildren(...held.lines.filter(fits).map(drawnLine));
    const walkers = held.walkers.filter((one) => !undone(one.entry)).map((one) => drawnInside(one.name, one));
    const own = entries.filter((one) => one.kind === "in" && !one.key && !one.said.billet);
    const waiting = own.map((one) => drawnInside(one.name, { hour: hour(one.at), here: true, own: one }));
    part("walkers").replaceChildren(...walkers, ...waiting);
    const outs = entries.filter((one) => one.kind === "out").length;
    part("inside").textContent = held.inside + entries.filter((one) => one.kind === "in").length - outs;
  };

  const status = () => {
    const said = part("status");
    const text = signedOut ? words.signed_out : words.offline;
    said.textContent = filled(text, { count: entries.length, hour: held?.loaded ? hour(held.loaded) : "" });
    said.hidden = !(offline || signedOut);
    const told = (held?.told ?? []).map((one, place) => drawn("told", one, "", () => dismiss(place)));
    part("told").replaceChildren(...told);
  };

  const dismiss = async (place) => {
    held.told.splice(place, 1);
    if (!over) await kept.put("doors", held);
    draw();
  };

  // ---- acts at the door
  const note = async (entry) => {
    const moment = { uid: crypto.randomUUID(), code, at: new Date().toISOString(), until: held.until };
    await kept.put("entries", { ...moment, ...entry });
    await fresh();
    draw();
    send();
  };

  const enter = async (entry) => {
    verdict(true, filled(words.in, { name: entry.name }));
    await note({ kind: "in", ...entry });
  };

  const undo = async (found) => {
    part("verdict").hidden = true;
    if (!found.own) return note({ kind: "out", entry: found.entry });
    await kept.drop("entries", found.own.uid);
    await fresh();
    return draw();
  };

  const refuse = (name, found) => {
    verdict(false, filled(found.here ? words.already_here : words.already, { name, hour: found.hour }));
  };

  const hidden = async (ticket) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${held.salt}:${ticket}`));
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const present = async (text) => {
    const square = /\/s\/([\w-]+)\/porte\/\?billet=(\w+)/.exec(text);
    const ticket = (square ? square[2] : text).toUpperCase().replace(/[^0-9A-Z]/g, "");
    if (!ticket) return;
    if (square && square[1].toUpperCase() !== code) {
      verdict(false, words.elsewhere);
      return;
    }
    const key = await hidden(ticket);
    const line = held.lines.find((one) => one.key === key);
    const found = line && inside(line);
    if (found) refuse(called(line), found);
    else if (line) await enter({ key, name: called(line), said: { billet: ticket } });
    else await ask(ticket);
  };

  // A ticket that the list does not know: somebody answered since, or it is none. The server says which.
  const ask = async (ticket) => {
    const uid = crypto.randomUUID();
    const told = await posted("entrer/", { billet: ticket, uid, at: new Date().toISOString() });
    if (told?.words) verdict(told.outcome === "in", told.words);
    else verdict(false, filled(words.unlisted, { hour: hour(held.loaded) }));
    if (told) await load();
  };

  // ---- the server, whenever there is one
  const token = () => {
    const cookie = /(?:^|; )csrftoken=(\w+)/.exec(document.cookie);
    return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]").value;
  };

  const asked = async (path, more = {}) => {
    try {
      const headers = { Accept: "application/json", ...(more.body ? { "X-CSRFToken": token() } : {}) };
      const answer = await fetch(address + path, { redirect: "manual", cache: "no-store", headers, ...more });
      offline = answer.status >= 500;
      signedOut = answer.type === "opaqueredirect" || answer.status === 403;
      return offline || signedOut ? null : answer;
    } catch {
      offline = true;
      return null;
    }
  };

  const posted = async (path, said) => {
    const answer = await asked(path, { method: "POST", body: new URLSearchParams(said) });
    if (!answer) return null;
    // What cannot be taken (a name that shows nothing) comes with words; it would never be, however often it is sent.
    return answer.ok || answer.status === 422 ? answer.json() : { outcome: "refused", words: words.refused };
  };

  const sent = (one) => {
    if (one.kind === "out") return posted(`defaire/${one.entry}/`, { at: one.at });
    return posted("entrer/", { ...one.said, uid: one.uid, at: one.at });
  };

  const send = () => navigator.locks.request("entregent-door", async () => {
    await fresh();
    // What is noted while the others go joins them: an undoing of what was under way, above all.
    for (let [one] = entries; one; [one] = entries) {
      const told = await sent(one);
      if (!told) break;
      if (told.outcome === "in" && !await kept.get("entries", one.uid)) await takeBack(one, told.entry);
      await kept.drop("entries", one.uid);
      if (one.kind === "in" && told.outcome !== "in") await conflict(one, told);
      await fresh();
    }
    await load();
  });

  // Undone while it was under way: the server has it by now, and hears of the undoing with what is sent next.
  const takeBack = ({ until }, entry) => {
    const moment = { uid: crypto.randomUUID(), code, at: new Date().toISOString(), until };
    return kept.put("entries", { ...moment, kind: "out", entry });
  };

  // Another door was first, or the seat was given back meanwhile: this door is told, once and until it has read it.
  const conflict = async (one, told) => {
    held.told = [...(held.told ?? []), told.outcome === "already" ? told.words : `${one.name}: ${told.words}`];
    if (!over) await kept.put("doors", held);
  };

  // A new list has a salt of its own: what waits to be sent is found in it again.
  const found = async () => {
    for (const one of entries.filter((entry) => entry.key)) {
      const line = held.lines.find((other) => other.line && other.line === one.said.line);
      one.key = one.said.billet ? await hidden(one.said.billet) : line?.key ?? one.key;
      await kept.put("entries", one);
    }
  };

  const load = async () => {
    if (over) return draw();
    const answer = await asked("liste.json");
    if (answer?.ok) {
      held = { ...(await answer.json()), code, loaded: Date.now(), told: held?.told ?? [] };
      await kept.put("doors", held);
      await found();
      kept.here?.("list");
    } else if (answer) {
      await kept.drop("doors", code);
      location.reload();
      return null;
    }
    return draw();
  };

  // ---- the camera, where the browser reads squares itself
  const watch = async (video) => {
    const reader = new BarcodeDetector({ formats: ["qr_code"] });
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.hidden = false;
    await video.play();
    let last = "";
    let seen = 0;
    while (video.srcObject) {
      const [square] = await reader.detect(video).catch(() => []);
      if (square && square.rawValue !== last) {
        last = square.rawValue;
        await present(last);
      }
      // Whoever was let in still holds their square before the camera: it is a new one once none was seen for a while.
      if (square) seen = Date.now();
      else if (Date.now() - seen > 2000) last = "";
      await new Promise((yes) => { setTimeout(yes, 200); });
    }
  };

  const camera = () => {
    const button = part("scan");
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const video = part("video");
      if (!video.srcObject) return watch(video).catch(() => { video.hidden = true; });
      video.srcObject.getTracks().forEach((track) => track.stop());
      video.srcObject = null;
      video.hidden = true;
      return null;
    });
  };

  // ---- beginning
  // Whatever is sent before the list was read is sent again: without network it would lead nowhere. The lines are drawn
  // anew meanwhile, so theirs is looked for by its name.
  const again = async (form, button) => {
    const called = (line) => line?.querySelector(".nom")?.textContent;
    const name = called(form.closest("li"));
    await read.catch(() => null);
    const drawnAnew = [...door.querySelectorAll("li")].find((line) => name && called(line) === name);
    if (form.isConnected) form.requestSubmit(button);
    else drawnAnew?.querySelector("form")?.requestSubmit();
  };

  const submitted = async (event) => {
    const form = event.target;
    if (!begun) {
      event.preventDefault();
      await again(form, event.submitter);
      return;
    }
    const act = acts.get(form);
    if (!held || (!act && !form.matches("[data-ticket], [data-walk-in], [data-find]"))) return;
    event.preventDefault();
    if (act || form.matches("[data-find]")) {
      await act?.();
      return;
    }
    const typed = new FormData(form);
    form.reset(); // before anything is waited for: what is typed meanwhile is the next one's
    const name = typed.get("name")?.trim();
    if (form.matches("[data-ticket]")) await present(typed.get("billet"));
    else if (name) await enter({ name, said: { name } });
  };

  const reading = async () => {
    try {
      await kept.purge();
      held = over ? { told: [] } : (await kept.get("doors", code)) ?? null;
      await fresh();
    } finally {
      begun = true;
    }
    draw();
  };
  door.addEventListener("submit", submitted);
  const read = reading();

  const begin = async () => {
    await read;
    part("search")?.addEventListener("input", draw);
    if (!over) camera();
    await send();
    const ticket = new URLSearchParams(location.search).get("billet");
    if (ticket && held && offline) await present(ticket);
    window.addEventListener("online", send);
    setInterval(() => { if (!document.hidden) send(); }, 15000);
  };
  begin();
})();
