"use strict";
// Choosing an entry leaves what lies on its ways, in both directions, with a line for each; choosing it again shows all.
(() => {
  const map = document.querySelector(".map");
  const entries = new Map([...map.querySelectorAll("li[data-key]")].map((item) => [item.dataset.key, item]));
  const onward = new Map([...entries].map(([key, item]) => [key, item.dataset.onward.split(" ").filter((next) => entries.has(next))]));
  const back = new Map([...entries.keys()].map((key) => [key, []]));
  for (const [key, ends] of onward) for (const end of ends) back.get(end).push(key);
  const [status, row, button] = ["p", "div", "button"].map((name) => document.createElement(name));
  const lines = svg("svg", { class: "lines", "aria-hidden": "true" });
  let chosen = null, way = new Set();

  function svg(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function reached(from, steps) {
    const seen = new Set([from]);
    for (const key of seen) for (const next of steps.get(key)) seen.add(next);
    return seen;
  }

  function show(key) {
    chosen = key;
    way = key === null ? new Set() : new Set([...reached(key, onward), ...reached(key, back)]);
    map.classList.toggle("choosing", key !== null);
    for (const [name, item] of entries) {
      item.classList.toggle("way", way.has(name) && name !== key);
      item.classList.toggle("chosen", name === key);
      item.querySelector("button").setAttribute("aria-pressed", String(name === key));
    }
    for (const column of map.querySelectorAll(".column")) column.classList.toggle("empty", key !== null && !column.querySelector(".way, .chosen"));
    for (const group of map.querySelectorAll("li.group")) group.hidden = key !== null && !followed(group);
    button.hidden = key === null;
    status.textContent = key === null ? "" : `${title(entries.get(key))}: ${entries.get(key).dataset.says}`;
    history.replaceState(null, "", key === null ? location.pathname + location.search : `#${encodeURIComponent(key)}`);
    draw();
    if (key !== null) row.scrollIntoView({ block: "nearest" });
  }

  // Whether an entry below a group's heading lies on the ways.
  function followed(group) {
    for (let item = group.nextElementSibling; item && !item.matches(".group"); item = item.nextElementSibling) {
      if (way.has(item.dataset.key)) return true;
    }
    return false;
  }

  // --- lines, where the columns stand beside each other ---

  function draw() {
    const frame = map.getBoundingClientRect();
    for (const [name, value] of [["width", frame.width], ["height", frame.height], ["viewBox", `0 0 ${frame.width} ${frame.height}`]]) lines.setAttribute(name, value);
    const drawn = [...way].flatMap((key) => onward.get(key).filter((end) => way.has(end)).map((end) => line(key, end, frame)));
    lines.replaceChildren(...drawn.filter(Boolean));
  }

  function line(from, to, frame) {
    const [begin, end] = [from, to].map((key) => entries.get(key).getBoundingClientRect());
    if (end.left < begin.right) return null;
    const [x1, y1] = [begin.right - frame.left, begin.top + 15 - frame.top], [x2, y2] = [end.left - frame.left, end.top + 15 - frame.top];
    const middle = (x1 + x2) / 2;
    const quiet = [from, to].some((key) => "quiet" in entries.get(key).dataset);
    return svg("path", { class: quiet ? "quiet" : "wakes", d: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`, "data-from": from, "data-to": to });
  }

  // --- mouse, keyboard, address ---

  function title(item) {
    return (item.querySelector("a") || item.firstChild).textContent.trim();
  }

  function everything() {
    const item = entries.get(chosen);
    show(null);
    item?.querySelector("button").focus();
  }

  function addressed() {
    let key = "";
    try { key = decodeURIComponent(location.hash.slice(1)); } catch { /* no key is written so */ }
    if (entries.has(key) !== (chosen !== null) || key !== chosen) show(entries.has(key) ? key : null);
  }

  for (const [key, item] of entries) {
    const choose = document.createElement("button");
    choose.type = "button";
    choose.className = "choose";
    choose.textContent = "⇄";
    choose.setAttribute("aria-pressed", "false");
    choose.setAttribute("aria-label", `Show the ways of ${title(item)}`);
    item.append(choose);
    item.addEventListener("click", (event) => { if (!event.target.closest("a")) show(key === chosen ? null : key); });
  }
  button.type = "button";
  button.textContent = "Show everything";
  button.hidden = true;
  button.addEventListener("click", everything);
  status.setAttribute("role", "status");
  row.className = "controls";
  row.append(status, button);
  map.before(row);
  map.append(lines);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen !== null) everything(); });
  window.addEventListener("resize", draw);
  window.addEventListener("hashchange", addressed);
  addressed();
})();
