// The address of the page: it keeps the conversation and the language while articles are opened and closed, so that
// a reload shows what was there.  Nothing is kept in the browser itself.

window.hoidap = {
  // Go to the place that a query names; an empty one names none.
  go(query = "") {
    const fields = new URLSearchParams(query);
    const now = new URLSearchParams(location.search);
    for (const name of ["c", "lang"]) if (now.get(name)) fields.set(name, now.get(name));
    this.show(fields);
  },
  // Set or, with an empty value, leave out one field.
  set(name, value) {
    const fields = new URLSearchParams(location.search);
    if (value) fields.set(name, value);
    else fields.delete(name);
    this.show(fields);
  },
  show(fields) {
    const query = fields.toString();
    history.replaceState(history.state, "", location.pathname + (query && `?${query}`));
  },
  // After the page has been worded: tell the browser and the address in which language.
  speak() {
    const language = document.querySelector("#header header")?.lang || "vi";
    document.documentElement.lang = language;
    this.set("lang", language === "vi" ? "" : language);
  },
  // A first click asks, a second one within some seconds is sure.
  sure(button) {
    if (button.dataset.asked) return true;
    const label = button.textContent;
    button.dataset.asked = "true";
    button.textContent = button.dataset.sure;
    setTimeout(() => {
      delete button.dataset.asked;
      button.textContent = label;
    }, 4000);
    return false;
  },
};
