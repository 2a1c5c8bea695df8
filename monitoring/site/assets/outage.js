"use strict";
// Everything that fires with a service, at once: who is asked how often in the first ten minutes.
window.outageView = (() => {
  const data = window.siteData;
  const { length, listed, local, wallClock } = window.simulation;
  const get = (id) => document.getElementById(id);

  function cell(name, text, attributes = {}) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  }

  function many(number, word) {
    return `${number} ${word}${number === 1 ? "" : "s"}`;
  }

  function summary(service, failed) {
    const others = data.services[service].failing.slice(1).map((name) => data.services[name].title);
    const fails = `${data.services[service].title} fails${others.length ? `, and with it ${listed(others)}` : ""}: ${many(failed.drills.length, "rule")} at once.`;
    const worst = failed.people[0];
    if (!worst) return `${fails} Nobody is paged.`;
    return `${fails} ${data.people[worst.person].name} gets ${many(worst.incidents, "incident")} in ${length(data.outage.seconds)}${worst.overloaded ? ", more than can be told apart" : ""}.`;
  }

  function row(load) {
    const made = document.createElement("tr");
    const name = cell("th", "", { scope: "row" });
    name.append(cell("a", data.people[load.person].name, { href: data.people[load.person].page }));
    const channels = Object.keys(load.notifications).sort().map((channel) => `${load.notifications[channel]} ${channel}`);
    const incidents = cell("td", "", { class: "number" });
    incidents.append(cell("span", `${load.incidents}${load.overloaded ? " – too many" : ""}`, load.overloaded ? { class: "bad" } : {}));
    made.append(name, incidents, cell("td", channels.join(", ")));
    return made;
  }

  function lines(failed) {
    const silent = failed.drills.filter((each) => each.events[0].what === "is silent").map((each) => each.rule.id);
    const unpaged = failed.drills.filter((each) => !each.rule.pages.length).map((each) => each.rule.id);
    return [
      ...failed.duplicates.map((each) => `Duplicate: ${each.rule}: ${each.why}.`),
      ...(silent.length ? [`Silent by maintenance: ${silent.join(", ")}.`] : []),
      ...(unpaged.length ? [`Fires and pages nobody: ${unpaged.join(", ")}.`] : []),
    ];
  }

  function fired({ rule }, moment) {
    const { date, time } = local(moment, rule.zone);
    const made = document.createElement("li");
    made.append(cell("span", rule.severity, { class: `mark ${rule.severity}` }), " ", cell("a", rule.id, { href: `#rule=${rule.id}&at=${date}T${time}` }));
    return made;
  }

  function show(failed, moment, zone) {
    get("outage").querySelector("caption").textContent = `Who is asked in the first ${length(data.outage.seconds)} from ${wallClock(moment, zone)} on, while nobody acknowledges`;
    get("outage").querySelector("tbody").replaceChildren(...failed.people.map(row));
    get("outage-table").hidden = !failed.people.length;
    get("outage-lines").replaceChildren(...lines(failed).map((text) => cell("li", text)));
    get("outage-rules").replaceChildren(...failed.drills.map((each) => fired(each, moment)));
  }

  return { show, summary };
})();
