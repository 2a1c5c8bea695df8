"use strict";
// Choosing an entry leaves only what lies on its ways, in both directions; choosing it again shows everything.
(() => {
  const map = document.querySelector(".map");
  const entries = new Map([...map.querySelectorAll("li[data-key]")].map((item) => [item.dataset.key, item]));
  const onward = new Map([...entries].map(([key, item]) => [key, item.dataset.onward.split(" ").filter((next) => entries.has(next))]));
  const back = new Map([...entries.keys()].map((key) => [key, []]));
  for (const [key, ends] of onward) for (const end of ends) back.get(end).push(key);
  const status = document.createElement("p");
  const button = document.createElement("button");
  let chosen = null;

  function reached(from, steps) {
    const seen = new Set([from]);
    for (const key of seen) for (const next of steps.get(key)) seen.add(next);
    return seen;
  }

  function show(key) {
    chosen = key === chosen ? null : key;
    const way = chosen === null ? new Set() : new Set([...reached(chosen, onward), ...reached(chosen, back)]);
    map.classList.toggle("choosing", chosen !== null);
    for (const [name, item] of entries) {
      item.classList.toggle("way", way.has(name) && name !== chosen);
      item.classList.toggle("chosen", name === chosen);
      item.querySelector("button").setAttribute("aria-pressed", String(name === chosen));
    }
    button.hidden = chosen === null;
    for (const group of map.querySelectorAll("li.group")) group.hidden = chosen !== null && !followed(group, way);
    status.textContent = chosen === null ? "" : `${way.size - 1} entries lie on the ways of ${title(entries.get(chosen))}.`;
  }

  // Whether an entry below a group's heading lies on the ways.
  function followed(group, way) {
    for (let item = group.nextElementSibling; item && !item.matches(".group"); item = item.nextElementSibling) {
      if (way.has(item.dataset.key)) return true;
    }
    return false;
  }

  function title(item) {
    return (item.querySelector("a") || item.firstChild).textContent.trim();
  }

  for (const [key, item] of entries) {
    const choose = document.createElement("button");
    choose.type = "button";
    choose.className = "choose";
    choose.textContent = "⇄";
    choose.setAttribute("aria-pressed", "false");
    choose.setAttribute("aria-label", `Show the ways of ${title(item)}`);
    choose.addEventListener("click", () => show(key));
    item.append(choose);
  }
  button.type = "button";
  button.textContent = "Show everything";
  button.hidden = true;
  button.addEventListener("click", () => { const was = entries.get(chosen); show(chosen); was.querySelector("button").focus(); });
  status.setAttribute("role", "status");
  const row = document.createElement("div");
  row.className = "controls";
  row.append(button, status);
  map.before(row);
})();
