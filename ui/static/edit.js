() => {
  // After the last question has been taken back into the box: hand it the focus, behind its last letter.
  requestAnimationFrame(() => {
    const box = document.querySelector("#question textarea");
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  });
}
