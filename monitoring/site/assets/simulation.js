"use strict";
// The drill in the browser: the same events as `monitoring drill`, which a test compares; nothing is fetched.
window.simulation = (() => {
  const data = window.siteData;
  const MINUTE = 60, HOUR = 3600, DAY = 86400, MAX_SPAN = 366 * DAY;
  const DAYS = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]; // 1970 began on a Thursday

  function lastAtOrBefore(starts, moment) {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= moment) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  // --- clocks ---

  function piece(zone, moment) {
    const pieces = data.zones[zone];
    return pieces[Math.max(lastAtOrBefore(pieces.map((each) => each[0]), moment), 0)];
  }

  function local(moment, zone) {
    const [, offset, name] = piece(zone, moment);
    const wall = moment + offset;
    const iso = new Date(wall * 1000).toISOString();
    return { day: DAYS[((Math.floor(wall / DAY) % 7) + 7) % 7], date: iso.slice(0, 10), time: iso.slice(11, 16), name };
  }

  function wallClock(moment, zone) {
    const { day, date, time, name } = local(moment, zone);
    return `${day} ${date} ${time} ${name}`;
  }

  // The instants at which a zone's clock shows a time: none where it is skipped, two where it comes twice.
  function instants(text, zone) {
    const wall = Date.parse(`${text}:00Z`) / 1000;
    const offsets = new Set(data.zones[zone].map((each) => each[1]));
    const moments = [...offsets].map((offset) => wall - offset).filter((moment) => moment + piece(zone, moment)[1] === wall);
    return [...new Set(moments)].sort((first, second) => first - second);
  }

  function length(seconds) {
    for (const [size, unit, lower, below] of [[DAY, "d", HOUR, "h"], [HOUR, "h", MINUTE, "m"], [MINUTE, "m", 1, "s"]]) {
      if (seconds >= size) {
        const rest = Math.floor((seconds % size) / lower);
        return `${Math.floor(seconds / size)}${unit}${rest ? ` ${rest}${below}` : ""}`;
      }
    }
    return seconds ? `${seconds}s` : "0m";
  }

  // --- who is on call ---

  function holder(name, moment) {
    if (!Object.hasOwn(data.schedules, name)) return name;
    const schedule = data.schedules[name];
    const number = schedule.holders[lastAtOrBefore(schedule.starts, moment)];
    return number === undefined || number < 0 ? null : schedule.people[number];
  }

  function shift(name, moment) {
    const schedule = data.schedules[name];
    const index = lastAtOrBefore(schedule.starts, moment);
    const person = (number) => (number === undefined || number < 0 ? null : schedule.people[number]);
    return { now: person(schedule.holders[index]), until: schedule.starts[index + 1] ?? null, next: person(schedule.holders[index + 1]) };
  }

  function group(step, moment) {
    return [...new Set(step.ask.map((name) => holder(name, moment)).filter((name) => name !== null))];
  }

  function listed(names) {
    return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}` : names.join("");
  }

  function quoted(names) {
    return listed(names.map((name) => `"${name}"`));
  }

  // --- one incident ---

  function drill(rule, at, acks) {
    const mute = openAt(rule.mutes, at);
    if (mute && at < mute.sure) return [event(0, "is silent", `maintenance "${mute.name}" mutes it for ${length(mute.end - at)} more`)];
    const events = [...announced(rule), ...notMuted(rule, mute, at)];
    const ordered = [...acks].sort((first, second) => first.after - second.after || (first.person < second.person ? -1 : 1));
    for (const page of rule.pages) events.push(...paged(page, at, ordered));
    if (rule.others.length && rule.reminds) {
      const are = rule.others.length === 1 ? "is" : "are";
      const most = rule.remindsAtMost;
      const times = most === null ? "" : `, ${most} time${most > 1 ? "s" : ""} at most`;
      events.push(event(rule.reminds, "repeats", `${rule.others.join(", ")} ${are} notified again every ${length(rule.reminds)}${times} until it resolves`));
    }
    return events.filter((each) => each.after <= MAX_SPAN).sort((first, second) => first.after - second.after);
  }

  // The opening that holds a rule back at an instant, one of the whole rule before one of some groups.
  function openAt(names, at) {
    const open = names.flatMap((name) => data.windows[name].map(([start, end, sure, only]) => ({ name, start, end, sure, only })))
      .filter((each) => each.start <= at && at < each.end)
      .sort((first, second) => first.start - second.start || first.end - second.end || (first.name < second.name ? -1 : 1));
    return open.find((each) => !each.only) || open[0];
  }

  function notMuted(rule, mute, at) {
    const events = [];
    if (mute) {
      const what = mute.only ? `mutes ${mute.only} of it alone` : "may mute it, since the clock changes in it,";
      events.push(event(0, "is not muted", `maintenance "${mute.name}" ${what} for ${length(mute.end - at)} more`));
    }
    for (const { name, why } of rule.spared) {
      if (openAt([name], at)) events.push(event(0, "is not muted", `maintenance "${name}" does not mute it: ${why}`));
    }
    return events;
  }

  function event(after, what, text, people = [], channel = "") {
    return { after, what, text, people, channel };
  }

  function announced(rule) {
    const how = rule.detects ? `, up to ${length(rule.detects)} after its condition held` : "";
    const events = [event(0, "fires", `${rule.id} fires as ${rule.severity}${how}`)];
    for (const text of rule.posts) events.push(event(0, "posts", text));
    if (!rule.pages.length) events.push(event(0, "rests", "nobody is paged"));
    return events;
  }

  function paged(page, at, acks) {
    const policy = data.policies[page.policy];
    if (!policy.steps.some((step) => group(step, at).length)) {
      return [event(0, "no incident", `nobody is on call in the whole policy "${page.policy}": PagerDuty opens no incident`)];
    }
    const urgency = urgencyAt(page, at);
    const opens = event(0, "incident", `PagerDuty opens an incident on "${page.service}" at ${urgency} urgency`);
    const events = urgency === "low" ? askedOnce(policy, at) : withStrangeAcks(escalated(page.policy, policy, at, [...acks]));
    return [opens, ...(policy.resolves === null ? events : untilClosed(events, policy.resolves))];
  }

  function untilClosed(events, resolves) {
    const text = `still open after ${length(resolves)}: the incident closes by itself, and nobody is asked again`;
    return [...events.filter((each) => each.after < resolves), event(resolves, "closes", text)];
  }

  function urgencyAt(page, at) {
    if (!page.low) return page.urgency;
    return page.low.some(([begin, end]) => begin <= at && at < end) ? "low" : "high";
  }

  function withStrangeAcks(events) {
    const before = new Set();
    let now = new Set();
    return events.map((each) => {
      if (each.what === "asks" || each.what === "expires") {
        now.forEach((name) => before.add(name));
        now = new Set(each.people);
      }
      if (each.what !== "acknowledges" || now.has(each.people[0])) return each;
      return { ...each, text: `${each.text}, though ${before.has(each.people[0]) ? "no longer notified" : "not notified"}` };
    });
  }

  function askedOnce(policy, at) {
    const events = [];
    for (const [number, step] of policy.steps.entries()) {
      const people = group(step, at);
      if (people.length) {
        events.push(asks(number, step, people, 0));
        for (const name of people) events.push(...notified(name, data.people[name].low, 0, null));
        return [...events, event(0, "rests", "low urgency: nobody else is notified")];
      }
      events.push(passes(number, step, 0));
    }
    return events;
  }

  function escalated(name, policy, at, waiting) {
    const events = [];
    const visits = Array.from({ length: policy.rounds }, () => [...policy.steps.entries()]).flat();
    let now = 0;
    for (const [index, [number, step]] of visits.entries()) {
      const people = group(step, at + now);
      if (!people.length) {
        events.push(passes(number, step, now));
        continue;
      }
      events.push(asks(number, step, people, now));
      const over = untilEscalation(events, policy, step, at, now, waiting);
      if (over === null) return events;
      now = over;
      if (index + 1 < visits.length) events.push(event(now, "escalates", `unacknowledged for ${length(step.delay)}`));
    }
    const times = policy.rounds === 1 ? "once" : `${policy.rounds} times`;
    return [...events, event(now, "gives up", `policy "${name}" ran ${times}; nobody else is notified`)];
  }

  function untilEscalation(events, policy, step, at, begun, waiting) {
    let now = begun, people = group(step, at + now), ack;
    while ((ack = nextAck(waiting, now, now + step.delay)) !== null) {
      events.push(...contacts(people, step, now, ack.after));
      events.push(event(ack.after, "acknowledges", `${ack.person} acknowledges`, [ack.person]));
      if (policy.expires === null) {
        events.push(event(ack.after, "rests", "acknowledgements do not expire: nothing more is sent"));
        return null;
      }
      now = ack.after + policy.expires;
      people = askedAgain(step, ack, at, now);
      events.push(expired(ack, now, people));
    }
    events.push(...contacts(people, step, now, null));
    return now + step.delay;
  }

  function askedAgain(step, ack, at, now) {
    const before = new Set([ack.person, ...group(step, at + ack.after)]);
    return [ack.person, ...group(step, at + now).filter((name) => !before.has(name))];
  }

  function nextAck(waiting, now, before) {
    while (waiting.length && waiting[0].after < now) waiting.shift();
    return waiting.length && waiting[0].after < before ? waiting.shift() : null;
  }

  function passes(number, step, now) {
    return event(now, "passes", `step ${number + 1} notifies ${quoted(step.ask)}, where nobody is on call, so the next step begins at once`);
  }

  function asks(number, step, people, now) {
    return event(now, "asks", `step ${number + 1} notifies ${quoted(step.ask)}: ${people.join(", ")}`, people);
  }

  function contacts(people, step, now, acked) {
    return people.flatMap((name) => notified(name, data.people[name].high.filter(([, after]) => after < step.delay), now, acked));
  }

  function notified(name, rules, now, acked) {
    return rules
      .filter(([, after]) => acked === null || now + after <= acked)
      .map(([channel, after]) => event(now + after, "notifies", `${name} is notified by ${channel}`, [name], channel));
  }

  function expired(ack, now, people) {
    const others = people.length > 1 ? `, and ${listed(people.slice(1))}, whose turn it is now` : "";
    return event(now, "expires", `the acknowledgement has expired after ${length(now - ack.after)}: ${ack.person} is notified again${others}`, people);
  }

  // --- everything that fails with a service ---

  function acts(rule, moment) {
    return (rule.since === null || rule.since <= moment) && (rule.until === null || moment < rule.until);
  }

  function outage(service, at) {
    const failing = new Set(data.services[service].failing);
    const drills = data.rules.filter((rule) => failing.has(rule.service) && acts(rule, at)).map((rule) => fired(rule, at, drill(rule, at, [])));
    const paging = drills.filter((each) => each.notified.length);
    return { drills, people: workloads(paging), duplicates: duplicates(drills, new Set(paging.map((each) => each.rule.catalogRule))) };
  }

  function fired(rule, at, events) {
    const isHigh = rule.pages.some((page) => urgencyAt(page, at) === "high");
    return { rule, events, notified: isHigh ? events.filter((each) => each.what === "notifies" && each.after < data.outage.seconds) : [] };
  }

  function workloads(paging) {
    const all = new Map();
    for (const { notified } of paging) {
      for (const name of new Set(notified.map((each) => each.people[0]))) {
        const load = all.get(name) || { person: name, incidents: 0, notifications: {} };
        all.set(name, { ...load, incidents: load.incidents + 1 });
      }
      for (const { people, channel } of notified) {
        const channels = all.get(people[0]).notifications;
        channels[channel] = (channels[channel] || 0) + 1;
      }
    }
    const ordered = [...all.values()].sort((first, second) => second.incidents - first.incidents || (first.person < second.person ? -1 : 1));
    return ordered.map((load) => ({ ...load, overloaded: load.incidents > data.outage.incidents }));
  }

  function duplicates(drills, paging) {
    const own = new Map();
    for (const { rule } of drills) own.set(rule.catalogRule, [...(own.get(rule.catalogRule) || []), rule]);
    return [...own].filter(([name]) => paging.has(name)).flatMap(([name, rules]) => {
      const same = rules[0].same.filter((other) => paging.has(other));
      const parts = rules[0].parts.filter((part) => paging.has(part));
      return [
        ...(same.length ? [{ rule: name, why: `it is marked same-symptom-as ${quoted(same)}` }] : []),
        ...parts.map((part) => ({ rule: part, why: `"${name}" pages as well, and is made of it` })),
        ...(rules.length > 1 ? [{ rule: name, why: `it pages once for each of ${rules.length} customers` }] : []),
      ];
    });
  }

  return { acts, drill, instants, length, listed, local, outage, shift, wallClock };
})();
