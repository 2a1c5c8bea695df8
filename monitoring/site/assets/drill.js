"use strict";
// The drill's page: what is chosen stands in the address, so that a link leads to a certain drill.
(() => {
  const data = window.siteData;
  const { acts, drill, instants, length, local, outage, wallClock } = window.simulation;
  const get = (id) => document.getElementById(id);
  const [rules, at, who, after] = ["rule", "at", "who", "after"].map(get);
  const DRAWN_LANES = 12;
  const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440].map((minutes) => minutes * 60);
  let acks = [];

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // --- what is chosen: a rule, or a service with everything that fails with it ---

  function chosen() {
    const [kind, name] = [rules.value.slice(0, rules.value.indexOf(":")), rules.value.slice(rules.value.indexOf(":") + 1)];
    if (kind === "service") return { service: name, zone: data.outage.zone, rule: null };
    return { service: null, zone: data.rules[Number(name)].zone, rule: data.rules[Number(name)] };
  }

  function fill() {
    const groups = new Map();
    data.rules.forEach((rule, index) => {
      if (!groups.has(rule.severity)) groups.set(rule.severity, element("optgroup", "", { label: rule.severity }));
      const trial = rule.since ? " (after its trial)" : rule.until ? " (on trial)" : "";
      groups.get(rule.severity).append(element("option", `${rule.id}${trial}`, { value: `rule:${index}` }));
    });
    const services = element("optgroup", "", { label: "Everything that fails with" });
    services.append(...Object.entries(data.services).map(([name, service]) => element("option", service.title, { value: `service:${name}` })));
    rules.append(...groups.values(), services);
    who.append(...Object.entries(data.people).map(([name, person]) => element("option", person.name, { value: name })));
    get("controls").hidden = false;
  }

  function minute(moment, zone) {
    const { date, time } = local(moment, zone);
    return `${date}T${time}`;
  }

  function start() {
    const query = new URLSearchParams(location.hash.slice(1));
    acks = query.getAll("ack").map(readAck).filter(Boolean);
    const now = Math.floor(Date.now() / 60000) * 60;
    rules.value = named(query);
    at.value = query.get("at") || minute(now >= data.start && now < data.end ? now : data.start, chosen().zone);
    show();
  }

  function named(query) {
    const service = query.get("service") || "";
    if (Object.hasOwn(data.services, service)) return `service:${service}`;
    const same = data.rules.map((rule, index) => ({ rule, index })).filter(({ rule }) => rule.id === query.get("rule"));
    const acting = same.find(({ rule }) => instants(query.get("at") || "", rule.zone).some((moment) => acts(rule, moment)));
    return data.rules.length ? `rule:${(acting || same[0] || { index: 0 }).index}` : rules.options[0].value;
  }

  function readAck(text) {
    const [, person, minutes] = /^([a-z0-9-]+)@(\d{1,5})m$/.exec(text) || [];
    return person && Object.hasOwn(data.people, person) ? { person, after: Number(minutes) * 60 } : null;
  }

  function remember({ rule, service }) {
    const what = rule ? `rule=${rule.id}` : `service=${service}`;
    const acknowledged = rule ? acks.map((ack) => `ack=${ack.person}@${ack.after / 60}m`) : [];
    history.replaceState(null, "", `#${[what, `at=${at.value}`, ...acknowledged].join("&")}`);
  }

  // --- what is answered ---

  function show() {
    const choice = chosen(), { rule, zone } = choice;
    get("zone").textContent = zone;
    get("worst").hidden = !rule || rule.worst === null;
    get("ack-controls").hidden = !rule;
    showAcks();
    const moments = at.value ? instants(at.value.slice(0, 16), zone) : [];
    const problem = refusal(rule, moments);
    get("events").hidden = problem !== "" || !rule;
    get("outage").hidden = problem !== "" || rule !== null;
    get("answer").hidden = false;
    get("drawing").textContent = "";
    if (problem) {
      get("answer").textContent = problem;
      return;
    }
    remember(choice);
    const twice = moments.length > 1 ? " This time comes twice on that day: it is the first." : "";
    get("answer").textContent = (rule ? incident(rule, moments[0]) : everything(choice, moments[0])) + twice;
  }

  function incident(rule, moment) {
    const events = drill(rule, moment, acks);
    table(rule, moment, events);
    draw(events);
    return summary(events);
  }

  function everything({ service, zone }, moment) {
    const failed = outage(service, moment);
    window.outageView.show(failed, moment, zone);
    draw(failed.drills.flatMap((each) => each.notified));
    return window.outageView.summary(service, failed);
  }

  function refusal(rule, moments) {
    if (!at.value) return "Choose a day and a time.";
    if (!moments.length) return "The clock skips this time on that day; choose another.";
    if (moments[0] < data.start || moments[0] >= data.end) return `This site knows the year from ${data.today} on; choose a time in it.`;
    if (rule && rule.until !== null && moments[0] >= rule.until) return "Its trial is over by then; choose the rule after its trial.";
    if (rule && rule.since !== null && moments[0] < rule.since) return "It is still on trial then; choose the rule on trial.";
    return "";
  }

  function summary(events) {
    const calls = events.filter((each) => each.what === "notifies");
    const firsts = [...new Set(calls.map((each) => each.people[0]))].map((name) => calls.find((each) => each.people[0] === name));
    if (!firsts.length) return "Nobody is notified by PagerDuty.";
    const names = firsts.slice(0, 3).map((each) => `${data.people[each.people[0]].name} by ${each.channel} ${each.after ? `after ${length(each.after)}` : "at once"}`);
    return `${names.join(", then ")}${firsts.length > 3 ? `, and ${firsts.length - 3} more` : ""}.`;
  }

  function table(rule, moment, events) {
    const place = get("events");
    place.querySelector("caption").textContent = `${rule.id} fires on ${wallClock(moment, rule.zone)}`;
    place.querySelector("tbody").replaceChildren(...events.map((each) => {
      const row = document.createElement("tr");
      const { day, time } = local(moment + each.after, rule.zone);
      row.append(element("th", length(each.after), { scope: "row" }), element("td", `${day} ${time}`), element("td", each.text));
      return row;
    }));
  }

  function showAcks() {
    get("acks").replaceChildren(...acks.map((ack, index) => {
      const item = document.createElement("li");
      const text = `${data.people[ack.person].name} after ${length(ack.after)} ×`;
      const button = element("button", text, { type: "button", "aria-label": `Take back: ${text.slice(0, -2)}` });
      button.addEventListener("click", () => { acks.splice(index, 1); show(); get("add").focus(); });
      item.append(button);
      return item;
    }));
  }

  // --- the drawing: a lane for each person, a dot for each notification ---

  function svg(name, attributes, text = "") {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  }

  function draw(events) {
    const dots = events.filter((each) => each.what === "notifies" || each.what === "acknowledges");
    const lanes = [...new Set(dots.map((each) => each.people[0]))].slice(0, DRAWN_LANES);
    if (!lanes.length) return;
    const width = Math.max(get("drawing").clientWidth, 280), left = Math.min(130, width / 3), lane = 28, height = lanes.length * lane + 28;
    const longest = Math.max(...dots.map((each) => each.after), 60);
    const x = (seconds) => left + 8 + (seconds / longest) * (width - left - 40);
    const drawing = svg("svg", { class: "drawn", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    const apart = TICKS.find((each) => longest / each <= 5) || TICKS[TICKS.length - 1] * Math.ceil(longest / (5 * TICKS[TICKS.length - 1]));
    for (let tick = 0; tick <= longest; tick += apart) {
      const place = x(tick);
      drawing.append(svg("line", { class: "axis", x1: place, x2: place, y1: 0, y2: height - 22 }));
      drawing.append(svg("text", { class: "quiet", x: place, y: height - 6, "text-anchor": "middle" }, length(tick)));
    }
    lanes.forEach((name, row) => drawing.append(svg("text", { x: 0, y: row * lane + 19 }, data.people[name].name.slice(0, 18))));
    for (const { event, times } of [...together(dots)].sort(acknowledgedLast)) {
      const row = lanes.indexOf(event.people[0]);
      if (row < 0) continue;
      const cx = x(event.after), cy = row * lane + 15;
      if (event.what === "acknowledges") drawing.append(svg("text", { class: "ack", x: cx - 5, y: cy + 6 }, "✓"));
      else drawing.append(svg("circle", { class: event.channel, cx, cy, r: event.channel === "phone" ? 6 : 4 }));
      if (times > 1) drawing.append(svg("text", { class: "quiet", x: cx + 7, y: cy + 4 }, `×${times}`));
    }
    get("drawing").append(drawing, element("p", "A large dot is a phone call, a small one another notification, ✓ an acknowledgement.", { class: "quiet" }));
  }

  function acknowledgedLast(first, second) {
    return (first.event.what === "acknowledges") - (second.event.what === "acknowledges");
  }

  // The same person by the same channel at the same moment: one dot, and how often.
  function together(dots) {
    const all = new Map();
    for (const event of dots) {
      const key = `${event.after} ${event.people[0]} ${event.channel} ${event.what}`;
      all.set(key, { event, times: (all.get(key)?.times || 0) + 1 });
    }
    return all.values();
  }

  fill();
  start();
  rules.addEventListener("change", show);
  at.addEventListener("input", show);
  get("worst").addEventListener("click", () => { at.value = minute(chosen().rule.worst, chosen().zone); show(); });
  get("add").addEventListener("click", () => {
    const minutes = Number(after.value);
    if (!Number.isInteger(minutes) || minutes < 0 || minutes > 43200) { after.focus(); return; }
    acks.push({ person: who.value, after: minutes * 60 });
    show();
  });
  window.addEventListener("hashchange", start);
})();
