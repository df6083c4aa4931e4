// Gradio's own notices, such as that the connection is lost, in the language of the page: the page's header has them
// (ui/notices.py).  A notice is worded anew before it is painted, and the one button it needs is no longer within another.

new MutationObserver(() => {
  const shown = document.querySelectorAll("[data-testid=toast-body]");
  if (!shown.length) return;
  const words = JSON.parse(document.querySelector("#header header")?.dataset.notices ?? "{}");
  const worded = (text) => words[text.trim()] ?? text;
  shown.forEach((notice) => {
    const texts = document.createTreeWalker(notice, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = worded(texts.currentNode.data);
    for (const name of ["role", "tabindex"]) notice.querySelector(".toast-header")?.removeAttribute(name);
    const close = notice.querySelector("[data-testid=toast-close]");
    close?.setAttribute("aria-label", worded(close.getAttribute("aria-label")));
  });
}).observe(document.documentElement, { childList: true, subtree: true });
