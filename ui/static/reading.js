// Body of the open article's js_on_load: Gradio gives it `element`, `props`, `trigger` and `watch`.
// Moving between marks, copying and closing happen in the page.

function move(step) {
  const marks = [...element.querySelectorAll("mark[id]")];
  const here = marks.findIndex((mark) => mark.classList.contains("here"));
  const next = marks[(here + step + marks.length) % marks.length];
  marks.forEach((mark) => mark.classList.toggle("here", mark === next));
  next.tabIndex = -1;
  next.scrollIntoView({ block: "center" });
  next.focus({ preventScroll: true });
}

async function copy(button, text) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Đã chép";
  } catch (error) {
    button.textContent = "Không chép được";
  }
  setTimeout(() => (button.textContent = label), 1500);
}

function close() {
  history.replaceState(history.state, "", location.pathname);
  props.value = "";
  document.querySelector("#question textarea")?.focus();
}

const actions = {
  close,
  previous: () => move(-1),
  next: () => move(1),
  copy: (button) => copy(button, button.dataset.copy),
  link: (button) => copy(button, new URL(location.pathname + button.dataset.copy, location.origin).href),
};

// The list of articles: Python searches and sorts it; what is typed stays in its box.
const list = (search, order) => trigger("list", { search, order });

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (button) actions[button.dataset.action](button);
  const sort = event.target.closest("button.sort");
  if (sort) list(element.querySelector(".search").value, sort.dataset.order);
  const link = event.target.closest("a[data-place]");
  if (link && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
    event.preventDefault();
    history.replaceState(history.state, "", location.pathname + link.search);
    trigger("place", { query: link.search });
  }
});

let waiting;
element.addEventListener("input", (event) => {
  if (!event.target.matches(".search")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => list(event.target.value, event.target.dataset.order), 250);
});

watch("value", () => {
  const box = element.querySelector(".search");
  if (box?.value) {
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
