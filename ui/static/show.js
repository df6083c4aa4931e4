() => {
  // After an article has been put into the page: bring the cited words into view and hand them the focus.
  const show = () => {
    const reading = document.querySelector("#reading");
    const target = reading?.querySelector("mark.target") ?? reading?.querySelector("h2");
    reading?.querySelectorAll("mark").forEach((mark) => mark.classList.toggle("here", mark.matches(".target")));
    target?.scrollIntoView({ block: "center" });
    target?.focus({ preventScroll: true });
  };
  requestAnimationFrame(() => requestAnimationFrame(show));
}
