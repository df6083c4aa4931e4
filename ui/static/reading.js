// Body of the js_on_load of what is beside the conversation: Gradio gives it `element`, `props`, `trigger` and `watch`.
// Moving between marks, copying and closing happen in the page; lists are made by Python.

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
  button.dataset.label ??= button.textContent; // it may still say that something was copied
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.done;
  } catch (error) {
    button.textContent = button.dataset.failed;
  }
  setTimeout(() => (button.textContent = button.dataset.label), 1500);
}

function close() {
  hoidap.go();
  props.value = "";
  document.querySelector("#question textarea")?.focus();
}

const actions = {
  close,
  previous: () => move(-1),
  next: () => move(1),
  copy: (button) => copy(button, (element.querySelector("mark[id].here") ?? button).dataset.copy),
  link: (button) => copy(button, new URL(location.pathname + button.dataset.copy, location.origin).href),
};

// The lists: Python searches and sorts them, one at a time, since Gradio drops what is asked while the same is answered.
let listing = false;
let next = null; // how the list is wanted that is asked for when this one is there
let typed = null; // what is in the search box and was not asked for yet: the list that comes meanwhile leaves it
let waiting;

function list(order = next?.order) {
  clearTimeout(waiting);
  const box = element.querySelector(".search");
  next = listing && box ? { order } : null;
  if (listing || !box) return;
  listing = true;
  typed = null;
  if (box.closest(".history")) trigger("talks", { search: box.value });
  else trigger("list", { search: box.value, order: order ?? box.dataset.order });
}

hoidap.listed = () => {
  listing = false;
  if (next) list();
};

function keepTyped() {
  const box = element.querySelector(".search");
  if (typed && box?.ariaLabel === typed.label) box.value = typed.text;
  else typed = null;
}

const changed = () => {
  const box = element.querySelector(".list .search");
  trigger("changed", { listed: !!box, search: box?.value ?? "", order: box?.dataset.order ?? "title" });
};

// The list of conversations, which stays searched.
const sought = () => element.querySelector(".history .search")?.value ?? "";

function talk(button) {
  const row = button.closest("li[data-conversation]");
  const conversation = row.dataset.conversation;
  if (button.matches(".reopen")) {
    trigger("reopen", { conversation });
    if (matchMedia("(max-width: 60rem)").matches) close();
  }
  if (button.matches(".delete") && hoidap.sure(button)) trigger("forget", { conversation, search: sought() });
  if (button.matches(".renames")) {
    const form = row.querySelector(".rename");
    form.hidden = !form.hidden;
    if (!form.hidden) form.title.select();
  }
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.action) actions[button.dataset.action](button);
  else if (button?.matches(".sort")) list(button.dataset.order);
  else if (button?.matches(".remove") && hoidap.sure(button)) hoidap.removeUpload(button, changed);
  else if (button?.closest("li[data-conversation]") && button.type === "button") talk(button);
  const link = event.target.closest("a[data-place]");
  if (link && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
    event.preventDefault();
    hoidap.go(link.search);
    trigger("place", { query: link.search });
  }
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const row = event.target.closest("li[data-conversation]");
  const title = event.target.elements.title?.value;
  if (row) trigger("rename", { conversation: row.dataset.conversation, title, search: sought() });
});

element.addEventListener("input", (event) => {
  if (!event.target.matches(".search")) return;
  typed = { label: event.target.ariaLabel, text: event.target.value };
  clearTimeout(waiting);
  waiting = setTimeout(list, 250);
});

element.addEventListener("change", (event) => {
  if (event.target.matches(".upload input")) hoidap.upload(event.target.form, event.target.files, changed);
});
for (const name of ["dragover", "dragleave", "drop"]) {
  element.addEventListener(name, (event) => {
    const form = event.target.closest(".upload") ?? element.querySelector(".upload");
    if (!form) return;
    event.preventDefault();
    form.classList.toggle("over", name === "dragover");
    if (name === "drop") hoidap.upload(form, event.dataTransfer.files, changed);
  });
}

// A list is made anew by what is done in it: the focus goes back to where it was, or to the heading.
let held = null;
element.addEventListener("focusin", (event) => (held = place(event.target)));
element.addEventListener("focusout", (event) => {
  if (event.relatedTarget) held = null; // it was moved on, not lost
});

function place(target) {
  const { conversation } = target.closest("li[data-conversation]")?.dataset ?? {};
  if (conversation) return `li[data-conversation="${CSS.escape(conversation)}"] .renames`;
  if (target.matches(".sort")) return `.sort[data-order="${target.dataset.order}"]`;
  return target.matches(".search") ? ".search" : "h2";
}

function hold() {
  const now = document.activeElement;
  const moved = element.contains(now) && place(now) !== held; // its button has become that of another row
  if (!held || (now !== document.body && !moved)) return;
  const again = element.querySelector(held) ?? element.querySelector("h2");
  again?.focus({ preventScroll: true });
  if (again?.matches(".search")) again.setSelectionRange(again.value.length, again.value.length);
}

watch("value", () => {
  keepTyped();
  hoidap.showReports(element);
  requestAnimationFrame(() => requestAnimationFrame(hold)); // by then what had the focus is gone
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
