// The queries one by one. Thousands are listed, and only those near the screen are built.

const chunkSize = 10;
const estimatedHeight = 140 + 190 * rankings.length;
const others = rankings.map((_, i) => i).filter(i => i !== data.baseline);
const signs = { g: ["good", "✓"], n: ["wrong", "✕"], j: ["junk", "–"] };
const list = byId("list");
let order = [];
let chunkOf = [];

const precisionOf = (i, at) => rankings[i].ap?.[at] ?? null;

function gainOf(i, at) {
  const before = precisionOf(data.baseline, at);
  const after = precisionOf(i, at);
  return before === null || after === null ? null : after - before;
}

const queryTitle = at => `Query ${data.query.rows[at]}`;

/** Shows these queries, by their place among the shown ones, in this order. */
function showQueries(places) {
  watcher.disconnect();
  order = places;
  chunkOf = [];
  list.replaceChildren(...range(0, Math.ceil(places.length / chunkSize)).map(number => {
    const chunk = el("div", { class: "chunk" });
    chunk.places = places.slice(number * chunkSize, (number + 1) * chunkSize);
    chunk.places.forEach(at => { chunkOf[at] = chunk; });
    chunk.style.minBlockSize = `${chunk.places.length * estimatedHeight}px`;
    watcher.observe(chunk);
    return chunk;
  }));
}

function fill(chunk) {
  if (!chunk.firstChild) {
    chunk.append(...chunk.places.map(queryCard));
    chunk.style.minBlockSize = "0";
  }
}

/** Lets go of what is far from the screen, in a chunk of the height it had. */
function empty(chunk) {
  if (chunk.firstChild && !chunk.contains(document.activeElement)) {
    chunk.style.minBlockSize = `${chunk.offsetHeight}px`;
    chunk.replaceChildren();
  }
}

const watcher = new IntersectionObserver(
  entries => entries.forEach(entry => entry.isIntersecting ? fill(entry.target) : empty(entry.target)),
  { rootMargin: "1200px 0px" });

/** Brings a query to the screen and gives it the focus. */
function goTo(at) {
  fill(chunkOf[at]);
  const card = byId(`query-${data.query.rows[at]}`);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
}

function queryCard(at) {
  const title = `query-${data.query.rows[at]}-title`;
  return el("article", { class: "card query", id: `query-${data.query.rows[at]}`, tabindex: "-1", "aria-labelledby": title },
    el("h3", { id: title }, queryTitle(at), data.query.names && name(data.query.names[at], { class: "name" })),
    el("div", { class: "subject" },
      picture(data.query, at, `${queryTitle(at)}: ${imageName(data.query, at)}`),
      facts([["Label", data.query.labels?.[at]], ["Camera", data.query.cameras?.[at]], ["Good", goodCount(at)]])),
    el("div", { class: "answers" }, rankings.map((ranking, i) => answer(ranking, i, at))));
}

const facts = pairs => el("dl", null, pairs.filter(([, value]) => isKnown(value))
  .flatMap(([term, value]) => [el("dt", null, term), el("dd", null, String(value))]));

const goodCount = at => hasFigures ? measured[0].ranking.good[at] : null;

function answer(ranking, i, at) {
  const precision = precisionOf(i, at);
  const gain = i === data.baseline ? null : gainOf(i, at);
  const first = ranking.firstMatch?.[at] ?? null;
  const places = range(at * ranking.top, (at + 1) * ranking.top).filter(n => ranking.images[n] >= 0);
  return el("div", null,
    el("div", { class: "answer-head" },
      el("h4", null, swatch(i), name(ranking.shortName)),
      precision !== null && el("span", null, `AP ${percent(precision)}`),
      gain !== null && el("span", null, delta(gain), el("span", { class: "muted" }, ` from ${percent(precisionOf(data.baseline, at))}`)),
      precision !== null && !ranking.results[0].draws && el("span", { class: "muted" }, first === null ? "no match in the list" : `first match at rank ${count(first)}`),
      hasFigures && precision === null && el("span", { class: "muted" }, "no good image in the gallery: not counted")),
    places.length === 0 && el("p", { class: "muted" }, "nothing in the list"),
    el("ol", { class: "tiles" }, places.map(n => tile(ranking, i, n))));
}

function tile(ranking, i, n) {
  const image = ranking.images[n];
  const place = n % ranking.top + 1;
  const [kind, sign] = signs[ranking.relevance?.[n]] ?? ["unknown", null];
  const label = data.gallery.labels?.[image];
  const camera = data.gallery.cameras?.[image];
  const about = [label !== undefined && `id ${label}`, camera !== undefined && `c${camera}`].filter(Boolean).join(" · ");
  return el("li", { class: `tile ${kind}`, title: imageName(data.gallery, image) },
    picture(data.gallery, image, imageName(data.gallery, image)),
    el("span", { class: "place" }, hiddenText("Rank "), place),
    sign && el("span", { class: "sign", role: "img", "aria-label": kind }, sign),
    el("p", null, hiddenText("Score "), ranking.scores[n].toPrecision(4)),
    otherRank(ranking, i, place, n),
    about && el("p", { class: "muted" }, about));
}

/** Where the image stands in the ranking compared with: before, or for the baseline after. */
function otherRank(ranking, i, place, n) {
  if (!ranking.otherRanks) {
    return null;
  }
  const rank = ranking.otherRanks[n];
  const compared = rankings[ranking.compared];
  const beyond = `> ${count(compared.lengths?.[Math.floor(n / ranking.top)] ?? compared.depth)}`;
  const isBaseline = i === data.baseline;
  const rise = isBaseline ? place - rank : rank - place;
  const mark = rank === 0 ? (isBaseline ? "▼" : "▲") : rise > 0 ? "▲" : rise < 0 ? "▼" : "=";
  return el("p", { title: `rank in ${compared.shortName}` },
    `${isBaseline ? "after" : "was"} ${rank === 0 ? beyond : count(rank)} `, el("span", { class: "muted" }, mark));
}

function legendOfSigns() {
  const meanings = { g: "good", n: "wrong", j: "junk: taken out before ranks are counted" };
  const compared = rankings.length > 1 && el("li", null, `was / after: rank in ${rankings.length > 2 ? "the compared ranking" : "the other ranking"}`);
  byId("legend").append(el("ul", { class: "signs", "aria-label": "Signs" },
    hasFigures && Object.entries(meanings).map(([letter, meaning]) =>
      el("li", { class: signs[letter][0] }, el("span", { class: "sign", "aria-hidden": "true" }, signs[letter][1]), meaning)),
    compared));
}
