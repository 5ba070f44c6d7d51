// Order, filter and keys of the queries, and the queries that changed most.

const view = { sort: "index", descending: false, filter: "", other: others[0] ?? data.baseline };
let status;

const sorts = {
  index: { title: "Row", key: at => at },
  ap: { title: "AP", key: at => precisionOf(view.other, at), needs: hasFigures },
  gain: { title: "Most gained", key: at => negative(gainOf(view.other, at)), needs: hasFigures && others.length > 0 },
  loss: { title: "Most lost", key: at => gainOf(view.other, at), needs: hasFigures && others.length > 0 },
};

const negative = value => value === null ? null : -value;

/** The places in the order of a key; those without one come last, equal ones keep their order. */
function sorted(places, key, descending) {
  const keys = new Map(places.map(at => [at, key(at)]));
  const sign = descending ? -1 : 1;
  return [...places].sort((a, b) => {
    const [first, second] = [keys.get(a), keys.get(b)];
    return first === null || second === null ? (first === null) - (second === null) : sign * (first - second) || a - b;
  });
}

function matches(at) {
  const wanted = view.filter.toLowerCase();
  return wanted === "" || imageName(data.query, at).toLowerCase().includes(wanted) || String(data.query.labels?.[at] ?? "") === wanted;
}

function refresh() {
  const all = range(0, data.query.rows.length);
  const places = sorted(all.filter(matches), sorts[view.sort].key, view.descending);
  showQueries(places);
  const shown = data.query.rows.length === data.queryCount ? "" : `, ${count(data.queryCount)} in all`;
  status.textContent = places.length === all.length
    ? `${count(all.length)} queries${shown}` : `${count(places.length)} of ${count(all.length)} queries${shown}`;
}

/** Says which queries are shown one by one, where not all are. */
function choiceOfQueries() {
  const shown = data.query.rows.length;
  if (shown < data.queryCount) {
    const which = !hasFigures ? "first" : others.length > 0 ? "ones whose average precision changed most" : "ones of lowest average precision";
    byId("legend").append(el("p", { class: "choice" },
      `${count(shown)} of ${count(data.queryCount)} queries are shown one by one: the ${which}.${hasFigures ? " All figures above are of all queries." : ""}`));
  }
}

function sortButtons() {
  const buttons = Object.entries(sorts).filter(([, sort]) => sort.needs !== false).map(([key, sort]) => {
    const button = el("button", { type: "button" });
    button.addEventListener("click", () => {
      view.descending = key === "ap" && view.sort === "ap" && !view.descending;
      view.sort = key;
      press();
      refresh();
    });
    return { key, sort, button };
  });
  const press = () => buttons.forEach(({ key, sort, button }) => {
    const isPressed = key === view.sort;
    button.setAttribute("aria-pressed", isPressed);
    button.textContent = key === "ap" ? `AP, ${isPressed && view.descending ? "highest" : "lowest"} first` : sort.title;
  });
  press();
  return buttons.length > 1 && el("fieldset", null, el("legend", null, "Order"), buttons.map(({ button }) => button));
}

/** Which ranking the orders and the changes speak of, where there are several. */
function chooser(id, changed) {
  const options = others.map(i => {
    const option = el("option", { value: i }, rankings[i].shortName);
    option.selected = i === view.other;
    return option;
  });
  const select = el("select", { id }, options);
  select.addEventListener("change", () => {
    view.other = Number(select.value);
    changed();
  });
  return select;
}

const captioned = (id, caption, control) => el("div", null, el("label", { class: "caption", for: id }, caption), control);

function toolbarSection() {
  const filter = el("input", { type: "search", id: "filter", placeholder: "name or label", autocomplete: "off", spellcheck: "false" });
  filter.addEventListener("input", () => {
    view.filter = filter.value.trim();
    refresh();
  });
  const jump = el("input", { type: "number", id: "jump", min: 0, max: data.queryCount - 1, step: 1 });
  jump.addEventListener("change", () => jumpTo(Number(jump.value)));
  const keys = el("input", { type: "checkbox", id: "keys", checked: true });
  status = el("output", { for: "filter" });
  byId("toolbar").append(...[
    sortButtons(), captioned("filter", "Filter", filter), captioned("jump", "Go to row", jump),
    el("label", { class: "check", for: "keys" }, keys, "Keys j and k: next, previous"), status].filter(Boolean));
  document.addEventListener("keydown", event => keys.checked && step(event));
  choiceOfQueries();
  legendOfSigns();
  refresh();
}

/** Goes to a query row, whatever the filter hides. */
function jumpTo(row) {
  const at = data.query.rows.indexOf(row);
  if (at < 0) {
    status.textContent = `Row ${row} is not shown`;
    return;
  }
  if (!order.includes(at)) {
    byId("filter").value = view.filter = "";
    refresh();
  }
  goTo(at);
}

/** j and k, as in many readers of lists. */
function step(event) {
  const direction = { j: 1, k: -1 }[event.key];
  if (!direction || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, textarea")) {
    return;
  }
  const card = document.activeElement.closest(".query");
  const row = card ? Number(card.id.slice("query-".length)) : null;
  const now = row === null ? -1 : order.indexOf(data.query.rows.indexOf(row));
  const next = order[row === null ? 0 : now + direction];
  if (next !== undefined) {
    event.preventDefault();
    goTo(next);
  }
}

function changeSection() {
  if (!hasFigures || others.length === 0) {
    return;
  }
  const place = byId("changes");
  const tables = el("div", { class: "pair" });
  const draw = () => tables.replaceChildren(changeTable("Most gained", "gained"), changeTable("Most lost", "lost"));
  const select = others.length > 1 && el("div", { class: "chooser" }, el("label", { for: "compared" }, "Ranking compared with the baseline"),
    chooser("compared", () => {
      draw();
      refresh();
    }));
  place.hidden = false;
  append(place, [select, tables]);
  draw();
}

/** Of all queries, shown one by one or not. */
function changeTable(title, kind) {
  const { count: changed, most } = rankings[view.other].changes[kind];
  if (changed === 0) {
    return el("div", { class: "card" }, el("h3", null, title), el("p", { class: "muted" }, "No query."));
  }
  const [before, after] = [rankings[data.baseline].shortName, rankings[view.other].shortName];
  const rows = most.map(query => [queryLink(query), bare(query.before), bare(query.after), delta(query.after - query.before)]);
  const listed = most.length < changed ? `${most.length} of the ${count(changed)} that ${kind}` : `all ${count(changed)} that ${kind}`;
  return scrolling(title, table(`${title}: average precision, %; ${listed}`, [{ title: "Query" }, { title: before }, { title: after }, { title: "Points" }], rows));
}

/** A query's name, which leads to it where it is among the shown ones. */
function queryLink(query) {
  const text = query.name === undefined ? `Query ${query.row}` : name(query.name);
  if (!data.query.rows.includes(query.row)) {
    return el("span", null, text);
  }
  const link = el("a", { href: `#query-${query.row}` }, text);
  link.addEventListener("click", event => {
    event.preventDefault();
    jumpTo(query.row);
  });
  return link;
}
