"use strict";
// Who is on call at the moment at which the page is looked at; the page itself says it for the beginning of its day.
(() => {
  const data = window.siteData;
  const { shift, wallClock } = window.simulation;

  function place(cell, name) {
    const box = cell.querySelector("div");
    box.textContent = "";
    if (name === null) {
      const nobody = document.createElement("span");
      nobody.className = "bad";
      nobody.textContent = "nobody";
      box.append(nobody);
      return;
    }
    const link = document.createElement("a");
    link.href = data.people[name].page;
    link.textContent = data.people[name].name;
    box.append(link);
  }

  function show() {
    const moment = Math.floor(Date.now() / 60000) * 60;
    const caption = document.querySelector("#on-call caption");
    if (!caption) return;
    if (moment < data.start || moment >= data.end) {
      caption.textContent = `${caption.textContent}: this site was made for ${data.today} and does not know today; make it again`;
      return;
    }
    for (const name of Object.keys(data.schedules)) {
      const row = document.querySelector(`tr[data-mark="now-${name}"]`);
      const { now, until, next } = shift(name, moment);
      const [held, ends, after] = row.querySelectorAll("td");
      place(held, now);
      ends.querySelector("div").textContent = until === null ? "no change within a year" : wallClock(until, data.schedules[name].zone);
      place(after, next);
    }
    caption.textContent = `On call now, ${wallClock(moment, "Etc/UTC")}`;
    window.setTimeout(show, 60000);
  }

  show();
})();
