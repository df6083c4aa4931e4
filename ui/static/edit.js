() => {
  // After the last question has been taken back into the box, or a conversation begun: the box gets the focus.
  requestAnimationFrame(() => {
    const box = document.querySelector("#question textarea");
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  });
}
