// What a page gains where scripts run: copy, share, print, and one answer a tap. Every page works without it.
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
