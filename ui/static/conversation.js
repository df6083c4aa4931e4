// Body of the conversation's js_on_load: Gradio gives it `element`, `trigger` and `watch`.
// A click becomes an event for Python; links keep working with the middle button and in a new tab.

element.addEventListener("click", (event) => {
  const example = event.target.closest("button[data-question]");
  if (example) {
    trigger("example", { question: example.dataset.question });
    return;
  }
  if (event.target.closest("button.edit")) {
    trigger("edit", {});
    return;
  }
  const link = event.target.closest("a[data-place]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (link && !elsewhere) {
    event.preventDefault();
    history.replaceState(history.state, "", location.pathname + link.search);
    trigger("place", { query: link.search });
  }
});

watch("value", () => {
  const turn = element.querySelector(".turn:last-of-type");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  turn?.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
});
