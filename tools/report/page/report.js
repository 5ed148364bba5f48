// Adds up the rows of the page for the period and filters that are set, and draws them.
(() => {
  "use strict";

  const packed = atob(document.getElementById("data").textContent);
  const data = JSON.parse(fflate.strFromU8(fflate.gunzipSync(
    Uint8Array.from(packed, (each) => each.charCodeAt(0)))));
  const DAY = 86400000;
  const ORIGIN = Date.parse(data.first_day);
  const LAST = dayOf(data.last_day);
  // Bars of single days up to so many, else of seven.
  const MOST_DAILY = 45;
  const MOST_BARS = 12;
  const MOST_ROWS = 200;
  const HOUR = 3600;
  // A larger change is the change of next to nothing, and is not shown.
  const MOST_PERCENT = 999;
  const SERIES = ["var(--accent)", "var(--second)", "var(--third)", "var(--fourth)"];
  const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const AGES = ["up to 1 day", "1 to 3 days", "3 to 7 days", "7 to 30 days", "over 30 days",
    "unknown"];
  const headlines = Object.fromEntries(data.headlines.map((each) => [each.name, each]));
  const { inboxes, channels, teams, topics, agents } = data.names;
  const spoken = (channel) => data.spoken[channel];
  const named = {
    inbox: (place) => inboxes[place],
    channel: (place) => spoken(place),
    topic: (place) => topics[place].replaceAll(" > ", " / "),
    agent: (place) => agents[place][0],
  };

  // ---- rows

  function read(table) {
    const found = {};
    for (const [name, text] of Object.entries(table.columns)) {
      const parts = text === "" && table.length === 0 ? [] : text.split(",");
      if (name === "hours") found[name] = parts;
      else if (name === "day") {
        let day = 0;
        found.day = parts.map((each) => (day += Number(each)));
      } else {
        found[name] = parts.map((each) =>
          each === "" ? (table.unknowns ? null : 0) : Number(each));
      }
    }
    return { length: table.length, columns: found };
  }
  const tables = Object.fromEntries(
    Object.entries(data.tables).map(([name, table]) => [name, read(table)]));
  const lists = Object.fromEntries(
    Object.entries(data.lists).map(([name, table]) => [name, read(table)]));

  // Places of the rows of some days that the filters leave; rows are in the order of days.
  function rowsOf(table, from, to, filters) {
    const { columns, length } = table;
    const days = columns.day;
    let start = 0;
    if (days) {
      let end = length;
      while (start < end) {
        const middle = (start + end) >> 1;
        if (days[middle] < from) start = middle + 1;
        else end = middle;
      }
    }
    const checks = [];
    for (const name of filters) {
      const wanted = state[name];
      if (wanted === null) continue;
      if (name === "team") {
        const inTeam = data.names.team_sets.map((each) => each.includes(wanted));
        checks.push(columns.teams
          ? (row) => inTeam[columns.teams[row]]
          : (row) => inTeam[agents[columns.agent[row]][1]]);
      } else if (columns[name]) checks.push((row) => columns[name][row] === wanted);
    }
    const found = [];
    for (let row = start; row < length && (!days || days[row] <= to); row++) {
      if (checks.every((check) => check(row))) found.push(row);
    }
    return found;
  }

  function total(table, names, rows) {
    let sum = 0;
    for (const name of names) {
      const values = table.columns[name];
      for (const row of rows) sum += values[row] ?? 0;
    }
    return sum;
  }

  function groups(table, rows, key) {
    const found = new Map();
    for (const row of rows) {
      const value = key(row);
      if (value === null) continue;
      if (!found.has(value)) found.set(value, []);
      found.get(value).push(row);
    }
    return found;
  }

  // ---- numbers

  const isReported = (headline, to) => {
    const from = data.covered_from[headline.covered];
    return from !== null && to >= from;
  };

  // The number of a period, or null when no extract reports it or nothing is divided by.
  function workOut(headline, from, to, narrowed = null) {
    if (!isReported(headline, to)) return null;
    const table = tables[headline.table];
    const rows = narrowed ?? rowsOf(
      table, headline.table === "backlog" ? to : from, to, headline.filters);
    return quotient(headline, table, rows);
  }

  function quotient(headline, table, rows) {
    const part = total(table, headline.part, rows);
    if (!headline.whole.length) return part;
    const whole = total(table, headline.whole, rows);
    return whole ? part / whole : null;
  }

  const before = () => {
    const length = state.to - state.from + 1;
    return { from: state.from - length, to: state.from - 1 };
  };
  // Whether all days of the period before are in this report and reported.
  function isReportedBefore(headline) {
    const { from } = before();
    const covered = data.covered_from[headline.covered];
    return from >= 0 && covered !== null && from >= covered;
  }
  function workOutBefore(headline) {
    const { from, to } = before();
    return isReportedBefore(headline) ? workOut(headline, from, to) : null;
  }

  // 100 only when it is the whole, and 0 only when it is nothing.
  function percent(value) {
    const rounded = Math.floor(value * 100 + 0.5);
    return value > 0 && value < 1 ? Math.max(1, Math.min(99, rounded)) : rounded;
  }

  function write(value, unit) {
    if (value === null || value === undefined) return "none";
    if (unit === "share") return `${percent(value)}%`;
    if (unit === "seconds") {
      for (const [most, size, name] of [
        [90, 1, "s"], [5400, 60, "min"], [129600, HOUR, "h"], [Infinity, 86400, "days"],
      ]) {
        if (value < most) {
          const shown = size === 1
            ? String(Math.floor(value + 0.5))
            : grouped(Math.floor((value / size) * 10 + 0.5) / 10, 1);
          return `${shown} ${name}`;
        }
      }
    }
    if (unit === "hours") return `${grouped(Math.floor((value / HOUR) * 10 + 0.5) / 10, 1)} h`;
    return grouped(Math.floor(value + 0.5), 0);
  }
  const grouped = (value, digits) => value.toLocaleString("en-US",
    { minimumFractionDigits: digits, maximumFractionDigits: digits });

  function compare(value, earlier, unit, reported) {
    if (!reported) return ["before: not reported", 0];
    const was = `before: ${write(earlier, unit)}`;
    if (value === null || earlier === null) return [was, 0];
    if (unit === "share") {
      // Of what is shown, so that equal numbers are not said to differ.
      const points = percent(value) - percent(earlier);
      return points
        ? [`${was}, ${points > 0 ? "up" : "down"} ${Math.abs(points)} ${
          Math.abs(points) === 1 ? "point" : "points"}`, points]
        : [`${was}, about equal`, 0];
    }
    if (!earlier) return [was, 0];
    const change = Math.floor(((value - earlier) / earlier) * 100 + 0.5);
    if (!change) return [`${was}, about equal`, 0];
    return [Math.abs(change) > MOST_PERCENT ? was
      : `${was}, ${change > 0 ? "up" : "down"} ${Math.abs(change)}%`, change];
  }

  // ---- days

  function dayOf(text) {
    return Math.round((Date.parse(text) - ORIGIN) / DAY);
  }
  const dateOf = (day) => new Date(ORIGIN + day * DAY);
  const iso = (day) => dateOf(day).toISOString().slice(0, 10);
  const weekday = (day) => (dateOf(day).getUTCDay() + 6) % 7;
  const said = (day) => dateOf(day).toLocaleDateString("en-GB",
    { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const brief = (day) => dateOf(day).toLocaleDateString("en-GB",
    { day: "numeric", month: "short", timeZone: "UTC" });
  const range = (from, to) => `${said(from)} to ${said(to)}`;

  const endOfWeeks = LAST - weekday(LAST) - 1;
  const monthStart = (day) => day - dateOf(day).getUTCDate() + 1;
  const lastMonth = monthStart(monthStart(LAST) - 1);
  const PRESETS = [
    ["7 days", "Last 7 days", LAST - 7, LAST - 1],
    ["4 weeks", "Last 4 weeks", endOfWeeks - 27, endOfWeeks],
    ["13 weeks", "Last 13 weeks", endOfWeeks - 90, endOfWeeks],
    ["26 weeks", "Last 26 weeks", endOfWeeks - 181, endOfWeeks],
    ["52 weeks", "Last 52 weeks", endOfWeeks - 363, endOfWeeks],
    ["this month", "This month so far", monthStart(LAST), LAST],
    ["last month", "Last month", lastMonth, monthStart(LAST) - 1],
  ].map(([key, label, from, to]) => [key, label, Math.max(0, from), to]);

  // Bars of the period, and for each the days before it that it is compared with.
  function bins() {
    const length = state.to - state.from + 1;
    const size = length <= MOST_DAILY ? 1 : 7;
    const found = [];
    for (let from = state.from; from <= state.to; from += size) {
      const to = Math.min(from + size - 1, state.to);
      found.push({
        from, to, before: [from - length, to - length],
        label: size === 1 ? said(from) : range(from, to),
      });
    }
    return found;
  }

  // ---- state

  const initial = {
    from: dayOf(data.period[0]), to: dayOf(data.period[1]), inbox: null, channel: null,
    team: null,
  };
  let state = { ...initial };
  const NAMES = { inbox: inboxes, channel: channels, team: teams };

  function fromAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const next = { ...initial };
    for (const name of ["from", "to"]) {
      const day = dayOf(asked.get(name) ?? "");
      if (day >= 0 && day <= LAST) next[name] = day;
    }
    if (next.from > next.to) Object.assign(next, { from: initial.from, to: initial.to });
    for (const name of ["inbox", "channel", "team"]) {
      const place = Number(asked.get(name) ?? NaN);
      if (Number.isInteger(place) && place >= 0 && place < NAMES[name].length) {
        next[name] = place;
      }
    }
    return next;
  }

  function toAddress() {
    const asked = new URLSearchParams({ from: iso(state.from), to: iso(state.to) });
    for (const name of ["inbox", "channel", "team"]) {
      if (state[name] !== null) asked.set(name, state[name]);
    }
    history.replaceState(null, "", `#${asked}`);
  }

  // ---- elements

  // Text is set as text: nothing that a name holds can become an element.
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined) continue;
      if (name === "text") made.textContent = value;
      else if (name === "onclick") made.addEventListener("click", value);
      else made.setAttribute(name, value);
    }
    made.append(...children.filter((each) => each !== null));
    return made;
  }

  // A value of a table: {text, exact, opens}, or a plain text.
  function cell(value) {
    if (typeof value !== "object" || value === null) {
      return element("td", { text: value ?? "" });
    }
    const shown = element("data", {
      value: value.exact ?? "", text: value.exact === null ? "" : value.text });
    const inside = value.opens
      ? element("button", { type: "button", onclick: value.opens,
        "aria-label": `${value.text}: list the conversations` }, shown)
      : shown;
    return element("td", { class: "number" }, inside);
  }

  function figuresOf(name, columns, rows) {
    const head = element("tr", {}, ...columns.map((each, place) => element("th", {
      scope: "col", text: each,
      class: rows.length && typeof rows[0][place] === "object" ? "number" : null })));
    const body = rows.map((row) => element("tr", {}, ...row.map(cell)));
    return element("div", {
      class: rows.length > 40 ? "table tall" : "table", tabindex: 0, role: "region",
      "aria-label": `Figures: ${name}`,
    }, element("table", { id: `table-${name}` },
      element("thead", {}, head), element("tbody", {}, ...body)));
  }

  const number = (value, unit = "count", opens = null) => (
    { text: write(value, unit), exact: value, opens });

  function figure(name, title, finding, { svg, key = [], columns, rows, wide = false }) {
    if (svg) {
      svg.setAttribute("role", "img");
      for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
      svg.setAttribute("aria-label", `${title}. ${finding}`);
    }
    return element("figure", { id: `chart-${name}`, class: wide ? "wide" : null },
      element("figcaption", {}, title, element("span", { text: finding })),
      key.length ? element("ul", { class: "key" }, ...key.map(([colour, text, line]) => {
        const mark = element("i", { class: line ? (line === "tick" ? "tick" : "line") : null });
        mark.style[line === true ? "borderColor" : "background"] = colour;
        return element("li", {}, mark, text);
      })) : null,
      svg ?? null,
      svg
        ? element("details", {}, element("summary", { text: "Figures" }),
          figuresOf(name, columns, rows))
        : figuresOf(name, columns, rows));
  }

  // A mark drawn from data knows its place in them.
  function opening(svg, marks) {
    for (const [name, opens] of marks) {
      for (const mark of svg.querySelectorAll(`.${name} > *`)) {
        const place = d3.select(mark).datum();
        mark.setAttribute("data-opens", name);
        mark.addEventListener("click", () => opens(place));
      }
    }
    return svg;
  }

  let width = 340;
  const plot = (options) => Plot.plot({
    width, style: { fontSize: "11px", background: "none",
      fontFamily: "var(--font)" }, ...options });

  // ---- lists of conversations

  const LISTED = {
    queued: "contacts queued", repeated: "repeat contacts", late: "contacts fulfilled late",
    abandoned: "contacts abandoned", replied: "conversations with a reply, the slowest first",
    reopened: "conversations reopened", not_resolved: "conversations not resolved at first contact",
    automated: "conversations that automation answered first", topic: "conversations",
    worked: "work sessions", open: "conversations open now, the oldest first",
  };

  // ``keep`` looks at day, inbox, channel and extra; ``count`` is of the bar.
  function openList(kind, title, count, filters, keep) {
    const table = lists[kind];
    const { day, inbox, channel, extra, conversation } = table.columns;
    const rows = rowsOf(table, -Infinity, Infinity, filters).filter((row) => keep({
      day: day[row], inbox: inbox[row], channel: channel[row], extra: extra[row] }));
    const byExtra = kind === "replied" || kind === "open";
    rows.sort((a, b) => (byExtra ? extra[b] - extra[a] : 0) || day[b] - day[a]
      || conversation[a] - conversation[b]);
    const shown = rows.slice(0, MOST_ROWS);
    document.getElementById("behind-title").textContent = title;
    document.getElementById("behind-text").textContent =
      `${write(count, "count")} ${LISTED[kind]}; ${shown.length === 0 ? "none" : shown.length} `
      + (shown.length === 1 ? "is listed here." : "are listed here.")
      + (shown.length < count ? " The footer says how many a list holds." : "");
    const times = { replied: "first reply after", open: "open for" };
    const head = ["conversation", "day", "inbox", "channel", ...(times[kind] ? [times[kind]] : [])];
    document.getElementById("table-behind").replaceChildren(
      element("thead", {}, element("tr", {}, ...head.map((each) =>
        element("th", { scope: "col", text: each })))),
      element("tbody", {}, ...shown.map((row) => {
        const id = data.conversations[conversation[row]];
        const link = data.link_prefix.startsWith("https://")
          ? element("a", { href: data.link_prefix + encodeURIComponent(id), target: "_blank",
            rel: "noopener noreferrer", text: id })
          : id;
        return element("tr", {}, element("td", {}, link), element("td", { text: said(day[row]) }),
          element("td", { text: named.inbox(inbox[row]) }),
          element("td", { text: named.channel(channel[row]) }),
          times[kind] ? element("td", { text: write(extra[row], "seconds") }) : null);
      })));
    document.getElementById("behind").showModal();
  }

  // ---- charts

  function trend(name, title, headline, parts, kind) {
    const all = bins();
    const table = tables[headline.table];
    const isState = headline.table === "backlog";
    const covered = data.covered_from[headline.covered];
    const values = all.map((bin) => {
      const rows = isReported(headline, bin.to)
        ? rowsOf(table, isState ? bin.to : bin.from, bin.to, headline.filters) : null;
      const [earlierFrom, earlierTo] = bin.before;
      const hasEarlier = earlierFrom >= 0 && covered !== null && earlierFrom >= covered;
      return {
        ...bin,
        value: rows && quotient(headline, table, rows),
        earlier: hasEarlier ? workOut(headline, earlierFrom, earlierTo) : null,
        counts: parts.map(([measures]) => rows && total(table, [measures].flat(), rows)),
      };
    });
    const opens = kind && ((place) => {
      const bin = values[place];
      openList(kind, `${title}, ${bin.label}`, listCount(kind, table, bin, headline),
        headline.filters, (row) => row.day >= bin.from && row.day <= bin.to);
    });
    const stacked = parts.length > 0;
    const marks = [];
    const clickable = [];
    const x = (bin) => [dateOf(bin.from), dateOf(bin.to + 1)];
    if (stacked) {
      let floors = values.map(() => 0);
      parts.forEach(([, label, colour], part) => {
        const bottoms = floors;
        floors = floors.map((floor, place) => floor + (values[place].counts[part] ?? 0));
        const tops = floors;
        const mark = `${name}-${part}`;
        marks.push(Plot.rectY(values, {
          x1: (bin) => x(bin)[0], x2: (bin) => x(bin)[1], insetLeft: 0.5, insetRight: 0.5,
          y1: (bin, place) => bottoms[place], y2: (bin, place) => tops[place],
          fill: colour ?? SERIES[part], className: mark,
          title: (bin) => `${bin.label}: ${write(bin.counts[part], "count")} ${label}` }));
        if (opens) clickable.push([mark, opens]);
      });
    } else {
      const shown = (bin) => bin.value;
      const middle = (bin) => new Date((x(bin)[0].getTime() + x(bin)[1].getTime()) / 2);
      marks.push(
        Plot.line(values, { x: middle, y: "value", stroke: "var(--accent)", strokeWidth: 2 }),
        Plot.dot(values, { x: middle, y: shown, r: values.length > 60 ? 2 : 3.5,
          fill: "var(--accent)", className: name,
          title: (bin) => `${bin.label}: ${write(bin.value, headline.unit)}` }));
      if (opens) clickable.push([name, opens]);
    }
    const hasEarlier = values.some((bin) => bin.earlier !== null);
    const comparable = !stacked || !headline.whole.length;
    if (hasEarlier && comparable) {
      marks.push(Plot.line(values, { y: "earlier", stroke: "var(--ink)",
        strokeWidth: 1.25, strokeDasharray: "3,3",
        x: (bin) => new Date((x(bin)[0].getTime() + x(bin)[1].getTime()) / 2) }));
    }
    const target = data.targets[headline.name] ?? null;
    if (target !== null && !stacked) {
      marks.push(Plot.ruleY([target], { stroke: "var(--late)", strokeWidth: 1.5 }));
    }
    const most = Math.max(0, ...values.map((bin) => stacked
      ? bin.counts.reduce((sum, each) => sum + (each ?? 0), 0) : bin.value ?? 0),
    ...(comparable ? values.map((bin) => bin.earlier ?? 0) : []));
    const unit = stacked ? "count" : headline.unit;
    // Ticks are round in the unit that they are written in.
    const size = unit === "seconds"
      ? (most < 90 ? 1 : most < 5400 ? 60 : most < 129600 ? HOUR : 86400) : 1;
    const ticks = d3.ticks(0, (most || 1) / size, 4).map((each) => each * size);
    const svg = opening(plot({
      height: 180, marginLeft: 44, marginRight: 14, marginTop: 12, marginBottom: 36,
      x: { type: "utc", domain: [dateOf(state.from), dateOf(state.to + 1)], ticks: 4,
        label: null },
      y: { domain: [0, most || 1], ticks, label: null, grid: true,
        tickFormat: (each) => unit === "share" ? `${Math.round(each * 1000) / 10}%`
          : unit === "seconds" ? `${Math.round((each / size) * 100) / 100} ${
            { 1: "s", 60: "min", [HOUR]: "h", 86400: "days" }[size]}`
            : unit === "count" && each % 1 ? "" : grouped(each, 0) },
      marks: [Plot.ruleY([0], { stroke: "var(--rule)" }), ...marks],
    }), clickable);
    const value = workOut(headline, state.from, state.to);
    return figure(name, title, `${write(value, headline.unit)} in the period`, {
      svg,
      key: [
        ...parts.map(([, label, colour], part) => [colour ?? SERIES[part], label]),
        ...(hasEarlier && comparable ? [["var(--ink)", "period before", true]] : []),
        ...(target !== null && !stacked ? [["var(--late)", `target ${write(target,
          headline.unit)}`]] : []),
      ],
      columns: ["from", ...parts.map(([, label]) => label),
        headline.label.toLowerCase(), "before"],
      rows: values.map((bin, place) => [
        brief(bin.from), ...bin.counts.map((each) => number(each)),
        number(bin.value, headline.unit, opens ? () => opens(place) : null),
        number(bin.earlier, headline.unit)]),
    });
  }

  // How many a list would hold if it held all.
  function listCount(kind, table, bin, headline, extraRows = null) {
    const measures = { queued: ["inbound", "outbound"], repeated: ["repeated"], late: ["late"],
      abandoned: ["abandoned"], replied: ["replied"], reopened: ["reopened"],
      not_resolved: null, automated: ["automation", "handed_over"], worked: ["sessions"] };
    const rows = extraRows ?? rowsOf(table, bin.from, bin.to, headline.filters);
    if (kind === "not_resolved") {
      return total(table, ["fcr_eligible"], rows) - total(table, ["fcr"], rows);
    }
    return total(table, measures[kind], rows);
  }

  // Bars by inbox, channel or team, the largest first, with the period before as a tick.
  function ranking(name, title, headline, by, kind) {
    const table = tables[headline.table];
    const keyOf = (row) => table.columns[by][row];
    const of = (from, to) => groups(table, rowsOf(table,
      headline.table === "backlog" ? to : from, to, headline.filters), keyOf);
    const now = isReported(headline, state.to) ? of(state.from, state.to) : new Map();
    const earlierDays = before();
    const then = isReportedBefore(headline)
      ? of(earlierDays.from, earlierDays.to) : new Map();
    const weigh = headline.whole.length ? headline.whole : headline.part;
    const all = [...now].map(([place, rows]) => ({
      place, rows, value: quotient(headline, table, rows), weight: total(table, weigh, rows),
      earlier: then.has(place) ? quotient(headline, table, then.get(place)) : null,
    })).filter((each) => each.value !== null && each.weight > 0)
      .sort((a, b) => b.weight - a.weight || a.place - b.place);
    return bars(name, title, all.map((each) => ({
      ...each, label: named[by](each.place), unit: headline.unit,
      opens: kind ? () => openList(kind, `${headline.label}: ${named[by](each.place)}`,
        kind === "open" ? each.value : listCount(kind, table, state, headline, each.rows),
        headline.filters,
        (row) => row[by] === each.place && (kind === "open"
          || (row.day >= state.from && row.day <= state.to))) : null,
    })), {
      column: by, unit: headline.unit, weight: headline.whole.length > 0,
      target: data.targets[headline.name] ?? null,
    });
  }

  function bars(name, title, all, { column, unit, weight = false, target = null,
    order = "the one with most first" }) {
    const shown = all.slice(0, MOST_BARS);
    const hidden = all.length - shown.length;
    const hasEarlier = shown.some((each) => each.earlier !== null && each.earlier !== undefined);
    const most = Math.max(...shown.map((each) => Math.max(each.value, each.earlier ?? 0)),
      target !== null && weight ? target : 0) || 1;
    const cut = (label) => (label.length > 40 ? `…${label.slice(-39)}` : label);
    const svg = opening(plot({
      height: shown.length * 38 + 6, marginLeft: 2, marginRight: 8, marginTop: 0, marginBottom: 2,
      x: { axis: null, domain: [0, most] },
      y: { axis: null, domain: shown.map((_, place) => place), paddingInner: 0.58,
        paddingOuter: 0.3, align: 1 },
      marks: [
        Plot.barX(shown, { x1: 0, x2: "value", y: (_, place) => place, fill: "var(--accent)",
          className: name, title: (each) => `${each.label}: ${write(each.value, unit)}` }),
        hasEarlier ? Plot.tickX(shown.filter((each) => (each.earlier ?? null) !== null), {
          x: "earlier", y: (each) => shown.indexOf(each), stroke: "var(--ink)",
          strokeWidth: 2.5 }) : null,
        target !== null && weight
          ? Plot.ruleX([target], { stroke: "var(--late)", strokeWidth: 1.5 }) : null,
        Plot.text(shown, { x: 0, y: (_, place) => place, textAnchor: "start", dy: -15,
          fill: "var(--ink)", text: (each) => `${cut(each.label)} · ${write(each.value, unit)}` }),
      ],
    }), [[name, (place) => shown[place].opens?.()]]);
    return figure(name, title, all.length === 0 ? "nothing in this period"
      : hidden ? `the ${shown.length} with most, ${hidden} more in the figures` : order, {
      svg: all.length ? svg : undefined,
      key: [
        ...(hasEarlier ? [["var(--ink)", "period before", "tick"]] : []),
        ...(target !== null && weight ? [["var(--late)", `target ${write(target, unit)}`]] : []),
      ],
      columns: [column, ...(weight ? ["of"] : []), "value", "before"],
      rows: all.map((each) => [each.label, ...(weight ? [number(each.weight)] : []),
        number(each.value, unit, each.opens), number(each.earlier ?? null, unit)]),
    });
  }

  function heatMap() {
    const table = tables.hours;
    const headline = headlines.contacts_queued;
    const counts = Array.from({ length: 168 }, (_, place) => ({
      weekday: Math.floor(place / 24), hour: place % 24, count: 0 }));
    for (const row of rowsOf(table, state.from, state.to, headline.filters)) {
      const from = weekday(table.columns.day[row]) * 24;
      for (const [, letter, digits] of table.columns.hours[row].matchAll(/([a-x])(\d*)/g)) {
        counts[from + letter.charCodeAt(0) - 97].count += digits ? Number(digits) : 1;
      }
    }
    const most = Math.max(...counts.map((each) => each.count));
    const top = counts.reduce((best, each) => (each.count > best.count ? each : best));
    const clock = (hour) => `${String(hour).padStart(2, "0")}:00`;
    const opens = (place) => {
      const { weekday: day, hour, count } = counts[place];
      openList("queued", `Contacts on ${WEEKDAYS[day]} from ${clock(hour)}`, count,
        headline.filters, (row) => row.extra === hour && weekday(row.day) === day
          && row.day >= state.from && row.day <= state.to);
    };
    const svg = opening(plot({
      width: chartWidth(true), height: 230, marginLeft: 36, marginBottom: 24, marginTop: 4,
      marginRight: 4, padding: 0.06,
      x: { label: null, tickFormat: (hour) => (hour % 3 ? "" : String(hour)), tickSize: 0 },
      y: { label: null, domain: WEEKDAYS, tickSize: 0 },
      marks: [
        Plot.cell(counts, { x: "hour", y: (each) => WEEKDAYS[each.weekday], fill: "var(--rule)",
          fillOpacity: 0.35 }),
        Plot.cell(counts, { x: "hour", y: (each) => WEEKDAYS[each.weekday],
          fill: "var(--accent)",
          fillOpacity: { value: (each) => (most ? each.count / most : 0), scale: null },
          className: "hours", title: (each) => `${WEEKDAYS[each.weekday]} ${clock(each.hour)}: `
            + `${write(each.count, "count")} contacts` }),
      ],
    }), [["hours", opens]]);
    return figure("hours", "Contacts by weekday and hour", most
      ? `most on ${WEEKDAYS[top.weekday]} from ${clock(top.hour)}: ${write(top.count, "count")}`
      : "nothing in this period", {
      svg, wide: true, columns: ["hour", ...WEEKDAYS],
      rows: Array.from({ length: 24 }, (_, hour) => [clock(hour), ...WEEKDAYS.map((_day, day) =>
        number(counts[day * 24 + hour].count, "count",
          counts[day * 24 + hour].count ? () => opens(day * 24 + hour) : null))]),
    });
  }

  function backlogAges() {
    const table = tables.open_now;
    const rows = rowsOf(table, 0, 0, ["inbox", "channel"]);
    const found = groups(table, rows, (row) => table.columns.age[row]);
    const limits = [0, 1, 3, 7, 30, Infinity];
    const bands = AGES.map((label, age) => ({
      label: age === 5 ? "age unknown" : label, age,
      value: found.has(age) ? total(table, ["conversations"], found.get(age)) : 0,
    })).filter((band) => band.age < 5 || band.value);
    const one = bars("ages", "Open now, by age", bands.map((band) => ({
      ...band, earlier: null, opens: () => openList("open", `Open now: ${band.label}`, band.value,
        ["inbox", "channel"], ({ extra }) => (band.age === 5 ? extra === null
          : extra !== null && extra <= limits[band.age + 1] * 86400
            && (extra > limits[band.age] * 86400 || band.age === 0))) })),
    { column: "age", unit: "count", order: "since created or last reopened, as of now" });
    const daily = tables.backlog;
    const days = groups(daily, rowsOf(daily, state.to, state.to, ["inbox"]),
      (row) => daily.columns.inbox[row]);
    const two = figure("backlog-age", "How long, by inbox", `at the end of ${said(state.to)}`, {
      wide: true,
      columns: ["inbox", "open", "median", "9 in 10 within", "oldest"],
      rows: [...days].map(([place, [row]]) => [named.inbox(place),
        number(daily.columns.open[row]), number(daily.columns.median[row], "seconds"),
        number(daily.columns.p90[row], "seconds"), number(daily.columns.oldest[row], "seconds")]),
    });
    return [one, two];
  }

  function agentTable() {
    const table = tables.agents;
    const sum = (name, rows) => (rows.some((row) => table.columns[name][row] !== null)
      ? total(table, [name], rows) : null);
    const share = (part, whole) => (part !== null && whole ? part / whole : null);
    const found = [...groups(table, rowsOf(table, state.from, state.to, ["team"]),
      (row) => table.columns.agent[row])].map(([agent, rows]) => ({
      agent, sessions: sum("sessions", rows), handle: sum("handle_seconds", rows),
      messages: sum("messages", rows), closes: sum("closes", rows),
      active: sum("active_seconds", rows), loggedIn: sum("logged_in_seconds", rows),
      occupancy: share(sum("occupied_seconds", rows), sum("occupiable_seconds", rows)),
    })).sort((a, b) => (b.sessions ?? 0) - (a.sessions ?? 0) || a.agent - b.agent);
    return figure("agents", "Agents", found.length
      ? "the one with most work sessions first" : "nothing in this period", {
      wide: true,
      columns: ["agent", "teams", "work sessions", "handle time each", "messages", "closes",
        "logged in", "active", "occupancy"],
      rows: found.map((each) => [
        named.agent(each.agent),
        data.names.team_sets[agents[each.agent][1]].map((team) => teams[team]).join(", "),
        number(each.sessions, "count", each.sessions ? () => openList("worked",
          `Work of ${named.agent(each.agent)}`, each.sessions, [], (row) =>
            row.extra === each.agent && row.day >= state.from && row.day <= state.to) : null),
        number(share(each.handle, each.sessions), "seconds"), number(each.messages),
        number(each.closes), number(each.loggedIn, "hours"), number(each.active, "hours"),
        number(each.occupancy, "share")]),
    });
  }

  function topicCharts() {
    const table = tables.topics;
    const of = (from, to) => {
      const found = new Map();
      for (const row of rowsOf(table, from, to, ["inbox", "channel"])) {
        const topic = table.columns.topic[row];
        found.set(topic, (found.get(topic) ?? 0) + table.columns.conversations[row]);
      }
      return found;
    };
    const now = of(state.from, state.to);
    const days = before();
    const isComparable = isReportedBefore(headlines.conversations_created);
    const then = isComparable ? of(days.from, days.to) : new Map();
    const all = [...new Set([...now.keys(), ...then.keys()])].map((topic) => ({
      topic, label: named.topic(topic), value: now.get(topic) ?? 0,
      earlier: isComparable ? then.get(topic) ?? 0 : null,
      opens: () => openList("topic", named.topic(topic), now.get(topic) ?? 0,
        ["inbox", "channel"], (row) => row.extra === topic && row.day >= state.from
          && row.day <= state.to),
    }));
    const most = all.filter((each) => each.value)
      .sort((a, b) => b.value - a.value || a.topic - b.topic);
    const moved = all.filter((each) => each.earlier !== null && each.value !== each.earlier)
      .sort((a, b) => Math.abs(b.value - b.earlier) - Math.abs(a.value - a.earlier)
        || a.topic - b.topic);
    return [
      bars("topics", "Conversations by topic", most, { column: "topic", unit: "count" }),
      figure("movers", "Topics on the move", moved.length
        ? "the most changed against the period before first"
        : "no topic changed, or the period before is not reported", {
        columns: ["topic", "now", "before", "change"],
        rows: moved.slice(0, MOST_BARS).map((each) => [each.label,
          number(each.value, "count", each.value ? each.opens : null), number(each.earlier),
          { text: `${each.value > each.earlier ? "+" : "−"}${grouped(
            Math.abs(each.value - each.earlier), 0)}`, exact: each.value - each.earlier }]),
      }),
    ];
  }

  // ---- the page

  const both = (name, kind) => [
    ranking(`${name}-inbox`, "By inbox", headlines[name], "inbox", kind),
    ranking(`${name}-channel`, "By channel", headlines[name], "channel", kind),
  ];
  const SECTIONS = [
    ["volume", "Volume", "Contacts on the day they were queued, outbound ones when begun.",
      ["inbox", "channel"], () => [
        trend("contacts", "Contacts", headlines.contacts_queued,
          [["inbound", "inbound"], ["outbound", "outbound"]], "queued"),
        ...both("contacts_queued", "queued")]],
    ["hours", "Time of day", `Contacts by the hour they were queued in, on the clock of ${
      data.zone}.`, ["inbox", "channel"], () => [heatMap()]],
    ["reply", "First reply", "From the first message of a customer to the first of an agent, on "
      + "the clock, nights included; by the day the conversation was created.",
    ["inbox", "channel"], () => [
      trend("reply-time", "First reply, on average", headlines.average_first_reply_seconds, [],
        "replied"),
      trend("reply-bands", "How soon", headlines.average_first_reply_seconds, [
        ["replied_hour", "within 1 hour"], ["replied_four_hours", "4 hours"],
        ["replied_day", "1 day"], ["replied_later", "later", "var(--late)"]], "replied"),
      ...both("average_first_reply_seconds", "replied")]],
    ["sla", "Service level", "Contacts with a target, on the day they were fulfilled. Those "
      + "without a target, or not fulfilled yet, are not counted.", ["inbox", "channel"], () => [
      trend("sla-share", "Service level", headlines.sla_rate, [], "late"),
      trend("sla-contacts", "In time and late", headlines.sla_rate,
        [["in_time", "in time"], ["late", "late", "var(--late)"]], "late"),
      ...both("sla_rate", "late")]],
    ["abandonment", "Abandonment", "Share of the inbound contacts ended that the customer left. "
      + "Calls left in the IVR were never queued and are in no extract.", ["inbox", "channel"],
    () => [
      trend("abandonment-rate", "Abandoned", headlines.abandonment_rate, [], "abandoned"),
      ...both("abandonment_rate", "abandoned")]],
    ["reopening", "Reopening", "Share of the conversations closed that were ever reopened, by the "
      + "day of the latest closing; it grows for weeks.", ["inbox", "channel"], () => [
      trend("reopen-rate", "Reopened", headlines.reopen_rate, [], "reopened"),
      ...both("reopen_rate", "reopened")]],
    ["fcr", "First contact resolution", "Share of the conversations that Gladly counts for it "
      + "which it counts as resolved at first contact, by the day of the latest closing.",
    ["inbox", "channel"], () => [
      trend("fcr-rate", "Resolved at first contact", headlines.fcr_rate, [], "not_resolved"),
      ...both("fcr_rate", "not_resolved")]],
    ["repeats", "Repeat contacts", "Share of the inbound contacts that came within seven days "
      + "after the customer's last one ended.", ["inbox", "channel"], () => [
      trend("repeat-rate", "Repeat contacts", headlines.repeat_contact_rate, [], "repeated"),
      ...both("repeat_contact_rate", "repeated")]],
    ["agents", "Agents and handle time", "Work on the day the contact ended; time logged in on "
      + "its own day. One agent's work on one contact is a work session. Teams are those of now.",
    ["team"], () => [
      trend("handle", "Handle time per work session", headlines.handle_seconds_per_work_session,
        [], "worked"),
      ...both("handle_seconds_per_work_session", "worked"), agentTable()]],
    ["backlog", "Backlog", "Conversations open and assigned to the inbox at the end of each day; "
      + "ages since they were created or last reopened.", ["inbox"], () => [
      trend("backlog", "Open at the end of the day", headlines.backlog, [], null),
      ranking("backlog-inbox", "Open at the end of the period", headlines.backlog, "inbox", null),
      ...backlogAges()]],
    ["ai", "Automation and AI", "Who answered first, by the day the conversation was created. "
      + "Deflected is the share of those that automation answered first in which no person was "
      + "needed.", ["inbox", "channel"], () => [
      trend("answered-by", "Answered by", headlines.deflection_rate, [
        ["automation", "automation alone"], ["handed_over", "handed over"],
        ["people", "people"], ["unanswered", "none"]], "automated"),
      ...both("deflection_rate", "automated")]],
    ["topics", "Topics", "The topics that conversations created in the period have now; a "
      + "conversation with several counts for each.", ["inbox", "channel"], topicCharts],
  ];
  const OF_TILE = {
    contacts_queued: "volume", conversations_created: "volume", backlog: "backlog",
    average_first_reply_seconds: "reply", sla_rate: "sla", abandonment_rate: "abandonment",
    reopen_rate: "reopening", fcr_rate: "fcr", handle_seconds_per_work_session: "agents",
    occupancy_rate: "agents", repeat_contact_rate: "repeats", deflection_rate: "ai",
  };

  const FILTERED = { inbox: "inbox", channel: "channel", team: "team" };
  const unapplied = (filters) => Object.keys(FILTERED).filter((name) =>
    state[name] !== null && !filters.includes(name));

  function tiles() {
    for (const headline of data.headlines) {
      const tile = document.getElementById(`tile-${headline.name}`);
      const value = workOut(headline, state.from, state.to);
      const [text, moved] = compare(value, workOutBefore(headline), headline.unit,
        isReportedBefore(headline));
      const target = data.targets[headline.name] ?? null;
      const held = target === null ? "" : `target: ${write(target, headline.unit)}`;
      const met = headline.better === "higher" ? value >= target : value <= target;
      const judged = held && value !== null && headline.better;
      tile.querySelector("b").textContent = isReported(headline, state.to)
        ? write(value, headline.unit) : "not reported";
      tile.querySelector(".before").textContent = text;
      tile.querySelector(".target").textContent = judged
        ? `${held}, ${met ? "met" : "missed"}` : held;
      const left = unapplied(headline.filters);
      tile.querySelector(".note").textContent = left.length
        ? `of every ${left.join(" and ")}` : "";
      tile.className = ["tile",
        moved && headline.better
          ? ((moved > 0) === (headline.better === "higher") ? "better" : "worse") : "",
        judged ? (met ? "met" : "missed") : ""].filter(Boolean).join(" ");
    }
  }

  function chartWidth(wide) {
    const inside = document.getElementById("sections").clientWidth;
    const charts = window.innerWidth >= 900 ? inside - 260 : inside;
    if (wide) return Math.max(280, charts);
    const columns = Math.max(1, Math.floor((charts + 40) / 340));
    return Math.max(280, (charts - 40 * (columns - 1)) / columns);
  }

  function draw() {
    const days = state.to - state.from + 1;
    const { from, to } = before();
    document.getElementById("period").textContent =
      `${range(state.from, state.to)}, ${days} ${days === 1 ? "day" : "days"}; before: `
      + (from < 0 ? "earlier than this report reaches." : `${range(from, to)}.`);
    tiles();
    width = chartWidth(false);
    const open = new Set([...document.querySelectorAll("#sections details[open]")]
      .map((each) => each.parentElement.id));
    document.getElementById("sections").replaceChildren(...SECTIONS.map(
      ([name, title, text, filters, charts]) => {
        const left = unapplied(filters.includes("team") ? ["inbox", "channel", "team"] : filters);
        return element("section", { id: name },
          element("div", {}, element("h2", { text: title }),
            element("p", { class: "muted", text }),
            left.length ? element("p", { class: "muted", text:
              `Not filtered by ${left.join(" and ")}.` }) : null),
          element("div", { class: "charts" }, ...charts()));
      }));
    for (const id of open) {
      const details = document.getElementById(id)?.querySelector("details");
      if (details) details.open = true;
    }
    document.documentElement.dataset.drawn = `${state.from}-${state.to}-${state.inbox}-${
      state.channel}-${state.team}`;
  }

  function controls() {
    const at = (id) => document.getElementById(id);
    const fill = (select, first, names) => select.replaceChildren(
      element("option", { value: "", text: first }),
      ...names.map(([place, name]) => element("option", { value: place, text: name }))
        .sort((a, b) => a.textContent.localeCompare(b.textContent)));
    at("preset").replaceChildren(
      ...PRESETS.map(([key, label]) => element("option", { value: key, text: label })),
      element("option", { value: "", text: "Chosen days" }));
    fill(at("inbox"), "All inboxes", inboxes.map((name, place) => [place, name]));
    fill(at("channel"), "All channels", channels.map((_, place) => [place, spoken(place)]));
    fill(at("team"), "All teams", teams.map((name, place) => [place, name]));
    at("team").disabled = teams.length === 0;
    for (const id of ["from", "to"]) {
      at(id).min = iso(0);
      at(id).max = iso(LAST);
    }
    const show = () => {
      at("from").value = iso(state.from);
      at("to").value = iso(state.to);
      const preset = PRESETS.find(([, , from, to]) => from === state.from && to === state.to);
      at("preset").value = preset ? preset[0] : "";
      for (const name of ["inbox", "channel", "team"]) at(name).value = state[name] ?? "";
      const length = state.to - state.from + 1;
      at("earlier").disabled = state.from - length < 0;
      at("later").disabled = state.to + length > LAST;
    };
    const set = (next) => {
      state = { ...state, ...next };
      toAddress();
      show();
      draw();
    };
    at("preset").addEventListener("change", (event) => {
      const preset = PRESETS.find(([key]) => key === event.target.value);
      if (preset) set({ from: preset[2], to: preset[3] });
    });
    for (const id of ["from", "to"]) {
      at(id).addEventListener("change", () => {
        const from = dayOf(at("from").value);
        const to = dayOf(at("to").value);
        if (from >= 0 && to <= LAST && from <= to) set({ from, to });
      });
    }
    for (const name of ["inbox", "channel", "team"]) {
      at(name).addEventListener("change", (event) => set({
        [name]: event.target.value === "" ? null : Number(event.target.value) }));
    }
    const turn = (by) => () => {
      const length = (state.to - state.from + 1) * by;
      set({ from: state.from + length, to: state.to + length });
    };
    at("earlier").addEventListener("click", turn(-1));
    at("later").addEventListener("click", turn(1));
    at("reset").addEventListener("click", () => set(initial));
    window.addEventListener("hashchange", () => {
      if (location.hash.includes("=")) {
        state = fromAddress();
        show();
        draw();
      }
    });
    show();
  }

  // What is not in the rows because it is what the others leave.
  const cube = tables.cube.columns;
  cube.replied_later = cube.replied.map((count, row) => count - cube.replied_hour[row]
    - cube.replied_four_hours[row] - cube.replied_day[row]);

  for (const [name, section] of Object.entries(OF_TILE)) {
    document.querySelector(`#tile-${name} a`).setAttribute("href", `#${section}`);
  }
  document.getElementById("contents").replaceChildren(
    ...SECTIONS.map(([name, title]) => element("a", { href: `#${name}`, text: title })),
    element("a", { href: "#health", text: "Data coverage and health" }));
  // The address keeps the filters, so that a link to it opens what is seen.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const aim = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!aim) return;
    event.preventDefault();
    aim.scrollIntoView();
    aim.setAttribute("tabindex", "-1");
    aim.focus({ preventScroll: true });
  });
  state = fromAddress();
  controls();
  draw();
  let redraw;
  let drawnWidth = window.innerWidth;
  window.addEventListener("resize", () => {
    clearTimeout(redraw);
    redraw = setTimeout(() => {
      if (window.innerWidth !== drawnWidth) {
        drawnWidth = window.innerWidth;
        draw();
      }
    }, 150);
  });
})();
