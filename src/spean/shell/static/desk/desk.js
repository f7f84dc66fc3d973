// Small conveniences of the desk. Everything works without them.
"use strict";

(() => {
  const typing = "input, textarea, select, [contenteditable]";
  const rows = () =>
    [...document.querySelectorAll("[data-keys] > li, [data-keys] > tbody > tr")].filter((row) =>
      row.querySelector("a[href]"),
    );

  // j and k walk the list by its rows' first links, so that Enter opens one as anywhere.
  const walk = (step) => {
    const all = rows();
    const here = all.findIndex((row) => row.contains(document.activeElement));
    const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step;
    const link = all[next]?.querySelector("a[href]");
    link?.focus();
    link?.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.(typing) || document.querySelector("dialog[open]")) return;
    const keys = document.getElementById("keys");
    if (event.key === "?" && keys) keys.showModal();
    else if (event.key === "/" && document.querySelector("[data-search]"))
      document.querySelector("[data-search]").focus();
    else if (!rows().length) return;
    // By place on the keyboard as well: under a Khmer layout the same keys give other letters.
    else if (event.key === "j" || event.code === "KeyJ") walk(1);
    else if (event.key === "k" || event.code === "KeyK") walk(-1);
    else return;
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  });

  const settle = (root) => {
    root.querySelector("[data-focus]")?.focus();
    for (const tool of root.querySelectorAll("[data-script-only]")) tool.hidden = false;
  };
  settle(document);
  document.addEventListener("htmx:afterSettle", (event) => settle(event.target));
})();
