// Keeps what somebody writes as their draft while they write, on the server and nowhere else. Without this there is the button “Save and come back”.
const WAIT = 4000;

function keep(form, line) {
  const status = form.querySelector(".engage-draft-status");
  fetch(line.dataset.draft, { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true })
    .then((answer) => (answer.type === "opaqueredirect" ? { said: line.dataset.signedOut } : answer.json()))
    .catch(() => ({ said: line.dataset.failed }))
    .then((answer) => { status.textContent = answer.said; });
}

export function keepDrafts() {
  for (const line of document.querySelectorAll("[data-draft]")) {
    const form = line.closest("form");
    let waiting = null;
    const later = () => { clearTimeout(waiting); waiting = setTimeout(() => { waiting = null; keep(form, line); }, WAIT); };
    form.addEventListener("input", later);
    form.addEventListener("submit", () => { clearTimeout(waiting); waiting = null; });
    // Somebody who goes to another page, or locks the screen, has not lost the last words.
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && waiting) { clearTimeout(waiting); waiting = null; keep(form, line); }
    });
  }
}
