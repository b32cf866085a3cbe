// Shows a question only while the answer on which it hangs is chosen. Without this every question is shown, with a word on when it is asked.
function chosen(form, name) {
  const controls = [...form.elements].filter((control) => control.name === name);
  return controls.filter((control) => !["radio", "checkbox"].includes(control.type) || control.checked).map((control) => control.value);
}

function show(form, questions) {
  const hidden = new Set();
  for (const question of questions) {
    const on = question.dataset.hangsOn;
    const isAsked = !hidden.has(on) && chosen(form, on).some((answer) => question.dataset.answers.split(" ").includes(answer));
    question.hidden = !isAsked;
    if (!isAsked) for (const control of question.querySelectorAll("[name]")) hidden.add(control.name);
  }
}

export function hang() {
  for (const form of document.forms) {
    const questions = [...form.querySelectorAll("[data-hangs-on]")];
    if (!questions.length) continue;
    form.classList.add("engage-reveals");
    form.addEventListener("change", () => show(form, questions));
    // A browser that goes back to the page fills in what stood there after this ran.
    window.addEventListener("pageshow", () => show(form, questions));
    show(form, questions);
  }
}
