// What a page gains where scripts run: copy, share, print, one answer a tap, a card that stays shown. Every page works without it.
const shown = (button) => { button.hidden = false; return button; };

if (navigator.clipboard) {
  document.querySelectorAll("[data-copy]").forEach((button) => {
    shown(button).addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const words = button.querySelector("span");
      const before = words.textContent;
      words.textContent = button.dataset.done;
      setTimeout(() => { words.textContent = before; }, 2500);
    });
  });
}

if (navigator.share) {
  document.querySelectorAll("[data-share]").forEach((button) => {
    shown(button).addEventListener("click", () => navigator.share({ text: button.dataset.share }).catch(() => {}));
  });
}

document.querySelectorAll("[data-print]").forEach((button) => {
  shown(button).addEventListener("click", () => window.print());
});

document.addEventListener("submit", (event) => {
  const answer = event.target.querySelector("button.reponse");
  if (!answer) return;
  if (answer.getAttribute("aria-busy")) event.preventDefault();
  answer.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("button.reponse[aria-busy]").forEach((answer) => answer.removeAttribute("aria-busy"));
});

// A card is shown for as long as its page is open, and what came back appears. Without network the square stays as it is.
document.querySelectorAll("[data-again]").forEach((form) => {
  const place = form.dataset.again;
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(place);
      if (fresh) document.getElementById(place).replaceWith(fresh);
    } catch { /* no network: at the next turn */ }
  }, 10000);
});
