// Nothing is kept: no storage, no cookie, no timer that outlives the page. The page works without this.
"use strict";

(() => {
  const form = document.querySelector("form[data-exit]");
  const target = form?.dataset.exit;
  const IDLE = 10 * 60 * 1000;
  const WITHIN = 5000;

  const clear = () => {
    let had = false;
    for (const box of document.querySelectorAll("textarea, main input:not([type]), main [type=text], main [type=tel]")) {
      had ||= box.value !== "";
      box.value = "";
    }
    return had;
  };

  // Blank first, then tell the server, then go: in this order whatever the line does.
  const leave = () => {
    document.documentElement.classList.add("gone");
    document.title = "\u200b";
    clear();
    try {
      fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" }).catch(() => {});
    } catch {
      // Going away matters more than saying so.
    }
    location.replace(target);
  };

  if (form && target) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      leave();
    });
    let presses = [];
    // Shift alone, three times: a capital letter between (Shift and a key) starts the count again.
    addEventListener("keydown", (event) => {
      if (event.key !== "Shift") presses = [];
      else if (!event.repeat) {
        presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < WITHIN);
        if (presses.length >= 3) leave();
      }
    }, true);
  }

  let last = Date.now();
  const rest = () => {
    if (Date.now() - last < IDLE) return;
    last = Date.now();
    const said = document.querySelector("[data-cleared]");
    if (clear() && said) said.hidden = false;
  };
  for (const sign of ["keydown", "pointerdown", "input"]) addEventListener(sign, () => { last = Date.now(); }, true);
  setInterval(rest, 15000);
  // A phone that slept has not counted: look again before anything is shown.
  document.addEventListener("visibilitychange", rest);

  // The Back key must not bring words back from the browser's own memory.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.documentElement.classList.add("gone");
    location.reload();
  });
})();
