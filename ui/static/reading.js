// Body of the open article's js_on_load: Gradio gives it `element` and `props`.
// Everything here happens in the page: moving between marks, copying, closing.

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

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (button) actions[button.dataset.action](button);
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
