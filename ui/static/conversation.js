// Body of the conversation's js_on_load: Gradio gives it `element`, `trigger` and `watch`.
// A click becomes an event for Python; links keep working with the middle button and in a new tab.

function judge(feedback, verdict) {
  const correction = verdict === "wrong" ? feedback.querySelector(".correction input").value : "";
  feedback.querySelector(".correction").hidden = verdict !== "wrong";
  trigger("judge", { number: feedback.closest(".turn").dataset.number, verdict, correction });
}

// The verdict that is kept of a turn, and what is said of that.
hoidap.judged = ({ number, verdict, said }) => {
  const feedback = element.querySelector(`.turn[data-number="${number}"] .feedback`);
  feedback?.querySelectorAll(".judge").forEach((button) =>
    button.setAttribute("aria-pressed", String(button.dataset.verdict === verdict)),
  );
  if (feedback) feedback.querySelector(".said").textContent = said;
};

let pressed = false; // a button that the new conversation no longer has: its focus goes to the last turn

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  pressed = !!button;
  if (button?.dataset.question) trigger("example", { question: button.dataset.question });
  else if (button?.matches(".edit, .retry")) trigger(button.className, {});
  else if (button?.matches(".judge")) {
    judge(button.closest(".feedback"), button.dataset.verdict);
    if (button.dataset.verdict === "wrong") button.parentElement.querySelector("input").focus();
  } else if (button?.matches(".reload")) location.reload();
  const link = event.target.closest("a[data-place]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (link && !elsewhere) {
    event.preventDefault();
    hoidap.go(link.search);
    trigger("place", { query: link.search });
  }
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  judge(event.target.closest(".feedback"), "wrong");
});

watch("value", () => {
  const conversation = element.querySelector(".turns")?.dataset.conversation ?? "";
  hoidap.set("c", conversation);
  document.querySelectorAll("#reading li[data-conversation]").forEach((row) => {
    if (row.dataset.conversation === conversation) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  });
  const turn = element.querySelector(".turn:last-of-type");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  turn?.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
  requestAnimationFrame(() => requestAnimationFrame(hold)); // by then what had the focus is gone
});

function hold() {
  if (pressed && document.activeElement === document.body)
    element.querySelector(".turn:last-of-type")?.focus({ preventScroll: true });
}
