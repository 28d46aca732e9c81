"use strict";
// Without this script a page that waits loads itself again, and an upload that is too large is refused by the server.
(() => {
  document.querySelector("[data-focus]")?.focus();

  const upload = document.querySelector("form[data-largest]");
  upload?.addEventListener("submit", (event) => {
    const file = upload.querySelector("input[type=file]").files[0];
    const tooLarge = file && file.size > Number(upload.dataset.largest);
    upload.querySelector("[data-too-large]").hidden = !tooLarge;
    if (tooLarge) event.preventDefault();
    else upload.querySelector("button").textContent = "Uploading…";
  });

  const here = document.querySelector("input[name=here]");
  const url = document.querySelector("input[name=url]");
  url?.addEventListener("input", () => { if (here && url.value) here.checked = false; });

  const work = document.querySelector("[data-events]");
  if (!work) return;
  const bar = work.querySelector("progress");
  const role = work.querySelector("[role=progressbar]");
  // A live region is read aloud whenever it is written to: only what has changed is.
  const say = (name, text) => {
    const place = work.querySelector("[data-" + name + "]");
    if (place.textContent !== text) place.textContent = text;
  };
  const show = (now) => {
    say("phase", now.phase);
    say("table", now.table);
    say("rows", now.rows);
    say("pace", now.pace);
    say("note", now.note);
    role.setAttribute("aria-valuetext", now.phase);
    if (now.percent < 0) {
      bar.removeAttribute("value");
      role.removeAttribute("aria-valuenow");
    } else {
      bar.value = now.percent;
      role.setAttribute("aria-valuenow", now.percent);
    }
    work.querySelectorAll("[data-phases] li").forEach((each, i) => {
      each.className = i < now.place ? "done" : i === now.place ? "now" : "";
    });
    work.querySelector("button.stop").disabled = now.stopping;
  };
  const events = new EventSource(work.dataset.events);
  events.addEventListener("message", (event) => {
    const now = JSON.parse(event.data);
    if (now.mark === work.dataset.mark) { show(now); return; }
    events.close();
    location.replace("/move");
  });
  // A stream that was lost is asked for again; one that is refused is so because the session has ended.
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) location.replace("/move");
  });
  window.addEventListener("pagehide", () => events.close());
})();
