// Files that are added to the articles and removed from them; see ui/files.py for what the server says.

let reports = []; // what became of the files added last: it outlives the list, which is made anew

Object.assign(window.hoidap, {
  async upload(form, files, done) {
    if (!files.length || form.dataset.busy) return;
    form.dataset.busy = "true";
    reports = [];
    const bar = form.querySelector("progress");
    bar.hidden = false;
    bar.removeAttribute("value");
    const body = new FormData();
    for (const file of files) body.append("file", file);
    try {
      const answer = await fetch("uploads" + location.search, { method: "POST", body });
      if (answer.ok) for await (const line of lines(answer.body)) this.report(form, bar, line);
      else reports.push({ file: "", error: (await answer.json()).detail ?? form.dataset.left });
    } catch (error) {
      reports.push({ file: "", error: form.dataset.left });
    }
    delete form.dataset.busy;
    bar.hidden = true;
    this.showReports(form);
    done();
  },

  report(form, bar, line) {
    if ("found" in line) {
      bar.max = line.found || 1;
      bar.value = line.done;
    } else if (line.file !== undefined) reports.push(line);
    else if (line.error) {
      const known = reports.find((one) => one.article === line.article);
      if (known) known.error = line.error;
      else reports.push({ file: line.article ?? "", error: line.error });
    }
    this.showReports(form);
  },

  showReports(within) {
    const list = within.querySelector(".upload ul") ?? within.querySelector("ul[role=status]");
    if (!list?.closest(".upload")) return;
    const items = reports.map((one) => {
      const item = document.createElement("li");
      item.className = one.error ? "refused" : "added";
      item.textContent = [one.error ? "✗" : "✓", one.file, one.error].filter(Boolean).join(" ");
      return item;
    });
    list.replaceChildren(...items);
  },

  async removeUpload(button, done) {
    const file = button.dataset.article;
    reports = [];
    try {
      const answer = await fetch(`uploads?article=${encodeURIComponent(file)}`, { method: "DELETE" });
      if (!answer.ok) reports.push({ file, error: (await answer.json()).detail ?? button.dataset.left });
    } catch (error) {
      reports.push({ file, error: button.dataset.left });
    }
    done();
  },
});

async function* lines(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += value ?? "";
    const complete = rest.split("\n");
    rest = complete.pop();
    for (const line of complete) if (line) yield JSON.parse(line);
    if (done) return;
  }
}
