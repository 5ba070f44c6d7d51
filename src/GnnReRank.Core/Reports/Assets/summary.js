// The table of figures, the curves, and what the report was made of.

const rankings = data.rankings;
const measured = rankings.map((ranking, i) => ({ ranking, i })).filter(({ ranking }) => ranking.results.length > 0);
const hasFigures = measured.length > 0;

function rankingHeading(i, difficulty) {
  const { name: full, shortName } = rankings[i];
  return [swatch(i), name(shortName),
    i === data.baseline && rankings.length > 1 && el("span", { class: "tag" }, "baseline"),
    difficulty && el("span", { class: "tag" }, difficulty),
    full !== shortName && name(full, { class: "settings" })];
}

function summarySection() {
  const place = byId("summary");
  if (!hasFigures) {
    place.append(el("p", { class: "notice" },
      "Nothing says which images match: the matrices have no labels, and no ground truth was given. So there are no figures, and the lists are shown as they are."));
    return;
  }
  const means = new Set(measured.map(({ ranking }) => ranking.results[0].meanName));
  const meanTitle = means.size === 1 ? [...means][0] : "mAP / mAP@N";
  const columns = figureColumns(meanTitle, means.size === 1);
  const rows = measured.flatMap(({ ranking, i }) => ranking.results.map((result, setup) => [
    rankingHeading(i, result.difficulty), ...columns.map(column => figureCell(column, result, i, setup)),
    `${count(result.valid)} of ${count(result.queries)}`]));
  const caption = rankings.length === 1 ? "In percent." : `In percent; ★ best; ▲ ▼ difference to ${rankings[data.baseline].shortName} in points.`;
  place.append(
    scrolling("Figures of all rankings", stacking(table(caption, [{ title: "Ranking" }, ...columns, { title: "Valid queries" }], rows))),
    protocolFacts(measured[0].ranking.results[0]));
}

function figureColumns(meanTitle, comparable) {
  const columns = [
    { title: meanTitle, of: result => result.mean, comparable, interval: true },
    ...measured[0].ranking.results[0].ranks.map(({ rank }, at) => ({ title: `R@${rank}`, of: result => result.ranks[at]?.value })),
    { title: "mINP", of: result => result.minp },
    { title: "MAP@R", of: result => result.mapAtR },
    { title: "R-precision", of: result => result.rPrecision },
    { title: "Top 1 %", of: result => result.onePercent },
    ...measured[0].ranking.results[0].precisions.map(({ rank }, at) => ({ title: `mP@${rank}`, of: result => result.precisions[at]?.value })),
  ];
  return columns.filter(column => measured.some(({ ranking }) => ranking.results.some(result => isKnown(column.of(result)))));
}

function figureCell(column, result, i, setup) {
  const value = column.of(result);
  const rivals = measured.map(({ ranking }) => column.of(ranking.results[setup])).filter(isKnown);
  const comparable = column.comparable !== false && rivals.length > 1;
  const isBest = comparable && isKnown(value) && value === Math.max(...rivals) && value > Math.min(...rivals);
  const before = comparable && i !== data.baseline ? column.of(rankings[data.baseline].results[setup]) : null;
  return [
    el("span", { class: isBest ? "value best" : "value" }, bare(value), isBest && hiddenText(" (best)")),
    column.comparable === false && el("span", { class: "delta" }, result.meanName),
    isKnown(before) && isKnown(value) && delta(value - before),
    column.interval && result.interval && el("span", { class: "delta" }, `95 %: ${result.interval}`)];
}

const apKinds = { Trapezoid: "trapezoid (area under the curve)", Uninterpolated: "uninterpolated (mean of precisions)" };

const lengthOf = ranking => ranking.shortest === data.galleryCount ? "whole gallery"
  : ranking.depth === 0 ? `none of ${count(data.galleryCount)}`
  : `${ranking.shortest === ranking.depth ? "top" : "up to"} ${count(ranking.depth)} of ${count(data.galleryCount)}`;

const listLengths = () => [...new Set(rankings.map(lengthOf))].join(", ");

const protocolFacts = result => definitions([
  ["Protocol", result.protocol], ["Average precision", apKinds[result.apKind] ?? result.apKind],
  ["Lists", listLengths()],
  ["Divided by", result.divisor === "All" ? "all queries" : "valid queries"],
  ["Draws", result.draws], ["Seed", result.seed]], { class: "facts" });

function curveSection() {
  if (!hasFigures) {
    return;
  }
  const place = byId("curves");
  place.hidden = false;
  const setup = measured[0].ranking.results.length > 1 ? " Setup: Medium." : "";
  place.append(fillings(measured), el("div", { class: "charts" }, cmcChart(setup), precisionRecallChart(setup), histogramChart(setup)));
}

const say = tick => (100 * tick).toFixed(0);

function cmcChart(setup) {
  const longest = Math.max(2, ...measured.map(({ ranking }) => ranking.cmc.length));
  const lowest = Math.min(0.95, ...measured.map(({ ranking }) => ranking.cmc[0] ?? 0));
  const from = Math.max(0, Math.floor(lowest * 10 - 1e-9) / 10);
  const step = [0.02, 0.05, 0.1, 0.2].find(each => (1 - from) / each < 5.5) ?? 0.2;
  const y = { from, to: 1, format: say, title: "queries with a match, %", ticks: range(0, Math.floor((1 - from) / step + 1e-9) + 1).map(n => 1 - n * step) };
  const ticks = [1, 5, 10, 20, 30, 40, 50].filter(rank => rank <= longest);
  const x = {
    from: 1, to: longest, ticks: longest < 5 ? range(1, longest + 1) : ticks, format: tick => tick, title: "rank",
    nearest: value => Math.round(value), say: rank => `Rank ${rank}`,
  };
  const lines = measured.map(({ ranking, i }) => ({ i, name: ranking.shortName, points: ranking.cmc.map((value, r) => [r + 1, value]) }));
  return chartCard("Cumulative matching", `The share of queries with a good image at this rank or before, up to rank 50.${from > 0 ? ` The axis starts at ${say(from)} %.` : ""}${setup}`,
    width => lineChart(width, x, y, lines, `Cumulative matching curves up to rank ${longest}`), measured, swatch,
    numbersTable("Cumulative matching, %", "Rank", ticks, rank => rank, (ranking, rank) => ranking.cmc[rank - 1]));
}

function precisionRecallChart(setup) {
  const drawn = measured.filter(({ ranking }) => ranking.precisionRecall);
  const y = { from: 0, to: 1, format: say, title: "precision, %", ticks: range(0, 6).map(n => n / 5) };
  const x = {
    from: 0, to: 1, ticks: y.ticks, format: say, title: "recall, %",
    nearest: value => Math.round(100 * value) / 100, say: recall => `Recall ${say(recall)} %`,
  };
  const lines = drawn.map(({ ranking, i }) => ({ i, name: ranking.shortName, points: ranking.precisionRecall.map((value, level) => [level / 100, value]) }));
  return drawn.length > 0 && chartCard("Precision and recall",
    `The mean over valid queries of the interpolated precision (the largest at this recall or more) at 101 recall levels. A level that a cut list does not reach counts 0.${setup}`,
    width => lineChart(width, x, y, lines, "Mean interpolated precision at each recall"), drawn, swatch,
    numbersTable("Precision, %", "Recall, %", range(0, 11).map(n => n * 10), recall => recall, (ranking, recall) => ranking.precisionRecall?.[recall]));
}

const histogramChart = setup => chartCard("Average precision of the queries", `How many queries have an average precision in each tenth.${setup}`,
  width => barChart(width, measured, measured[0].ranking.histogram.length, "Histogram of the queries' average precision"), measured, barSwatch,
  numbersTable("Queries", "Average precision, %", range(0, measured[0].ranking.histogram.length), bin => `${bin * 10}–${bin * 10 + 10}`,
    (ranking, bin) => ranking.histogram[bin], count));

const numbersTable = (caption, first, places, title, value, format = bare) => scrolling(caption, table(caption,
  [{ title: first }, ...measured.map(({ ranking }) => ({ title: name(ranking.shortName) }))],
  places.map(place => [title(place), ...measured.map(({ ranking }) => format(value(ranking, place)))])));

function makingSection() {
  const { module, runtime, system, created } = data.environment;
  const matrices = rankings.flatMap((ranking, i) => [["query", ranking.queryMatrix], ["gallery", ranking.galleryMatrix]].map(([role, matrix]) => [
    rankingHeading(i), role, matrix.source === null ? "–" : name(matrix.source), `${count(matrix.rows)} × ${count(matrix.dimension)}`, matrix.element.toLowerCase()]));
  const settings = rankings.map((ranking, i) => [rankingHeading(i),
    Object.entries(ranking.settings).map(([key, value]) => `${key} = ${value}`).join(", "), lengthOf(ranking)]);
  byId("making").append(
    definitions([["GnnReRank", module], ["Runtime", runtime], ["System", system], ["Written", created]], { class: "facts" }),
    scrolling("Settings", table("Settings of the rankings", [{ title: "Ranking" }, { title: "Settings", text: true }, { title: "Lists" }], settings)),
    scrolling("Matrices", table("Matrices: images × features",
      [{ title: "Ranking" }, { title: "Role", text: true }, { title: "File", text: true }, { title: "Shape" }, { title: "Kept as" }], matrices)));
}
