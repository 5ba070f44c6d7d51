// Charts as SVG, drawn at the width they have, so that their text keeps its size.

const seriesColors = 6;
const chartHeight = 290;
const dashes = ["", "7 4", "2 3", "10 3 2 3", "14 5", "5 2 1 2"];
const seriesClass = i => `series-${i % seriesColors}`;
const dashOf = i => dashes[(i + Math.floor(i / seriesColors)) % dashes.length];

/** A short piece of a ranking's line. */
const swatch = i => svg("svg", { class: `swatch ${seriesClass(i)}`, viewBox: "0 0 28 12", "aria-hidden": "true" },
  svg("line", { x1: 0, y1: 6, x2: 28, y2: 6, stroke: "currentColor", "stroke-width": 3, "stroke-dasharray": dashOf(i) }));

const barSwatch = i => svg("svg", { class: "swatch", viewBox: "0 0 28 12", "aria-hidden": "true" },
  svg("rect", { x: 0, y: 0, width: 28, height: 12, fill: `url(#fill-${i})` }));

const legend = (rankings, mark) => el("ul", { class: "legend" }, rankings.map(({ ranking, i }) => el("li", null, mark(i), name(ranking.shortName))));

/** A card with a chart that is drawn again when its width changes, and its numbers as a table. */
function chartCard(title, note, chart, rankings, mark, numbers) {
  const heading = `${title.toLowerCase().replaceAll(/\W+/g, "-")}-chart`;
  const place = el("div");
  const card = el("figure", { class: "card chart", "aria-labelledby": heading },
    el("h3", { id: heading }, title), legend(rankings, mark), place,
    el("figcaption", { class: "small muted" }, note),
    el("details", null, el("summary", null, "The numbers"), numbers));
  let width = 0;
  new ResizeObserver(([entry]) => {
    const next = Math.round(entry.contentRect.width);
    if (next > 0 && next !== width) {
      width = next;
      place.replaceChildren(...chart(width));
    }
  }).observe(place);
  return card;
}

/** Axes, grid and ticks. x and y are { from, to, ticks, title }. */
function frame(width, height, x, y, label) {
  // Seven pixels a letter of the longest label.
  const left = 32 + 7 * Math.max(...y.ticks.map(tick => String(y.format(tick)).length));
  const area = { left, right: width - 14, top: 10, bottom: height - 44 };
  const atX = value => area.left + (value - x.from) / (x.to - x.from) * (area.right - area.left);
  const atY = value => area.bottom - (value - y.from) / (y.to - y.from) * (area.bottom - area.top);
  const plot = svg("svg", { class: "plot", viewBox: `0 0 ${width} ${height}`, height, role: "img", "aria-label": label },
    y.ticks.map(tick => [
      svg("line", { class: "grid", x1: area.left, x2: area.right, y1: atY(tick), y2: atY(tick) }),
      svg("text", { x: area.left - 6, y: atY(tick) + 4, "text-anchor": "end" }, y.format(tick))]),
    x.ticks.map(tick => [
      x.gridless ? null : svg("line", { class: "grid", x1: atX(tick), x2: atX(tick), y1: area.top, y2: area.bottom }),
      svg("text", { x: atX(tick), y: area.bottom + 18, "text-anchor": "middle" }, x.format(tick))]),
    svg("path", { class: "axis", fill: "none", d: `M${area.left} ${area.top}V${area.bottom}H${area.right}` }),
    svg("text", { x: (area.left + area.right) / 2, y: height - 8, "text-anchor": "middle" }, x.title),
    svg("text", { transform: `translate(12 ${(area.top + area.bottom) / 2}) rotate(-90)`, "text-anchor": "middle" }, y.title));
  return { plot, area, atX, atY };
}

function lineChart(width, x, y, lines, label) {
  const { plot, area, atX, atY } = frame(width, chartHeight, x, y, label);
  for (const { i, points } of lines) {
    const path = points.map(([px, py], n) => `${n === 0 ? "M" : "L"}${atX(px).toFixed(1)} ${atY(py).toFixed(1)}`).join("");
    plot.append(svg("path", { class: `line ${seriesClass(i)}`, "stroke-dasharray": dashOf(i), d: path }));
  }
  const readout = el("p", { class: "readout", "aria-hidden": "true" });
  followPointer(plot, area, x, atX, lines, readout);
  return [plot, readout];
}

/** Says the values under the pointer. */
function followPointer(plot, area, x, atX, lines, readout) {
  const cursor = svg("line", { class: "cursor", y1: area.top, y2: area.bottom, visibility: "hidden" });
  plot.append(cursor);
  plot.addEventListener("pointermove", event => {
    const box = plot.getBoundingClientRect();
    const share = (event.clientX - box.left - area.left) / (area.right - area.left);
    const nearest = x.nearest(x.from + Math.min(1, Math.max(0, share)) * (x.to - x.from));
    setAttributes(cursor, { x1: atX(nearest), x2: atX(nearest), visibility: "visible" });
    const values = lines.map(line => {
      const point = line.points.find(([px]) => Math.abs(px - nearest) < 1e-9);
      return `${line.name} ${percent(point?.[1])}`;
    });
    readout.textContent = `${x.say(nearest)}: ${values.join(" · ")}`;
  });
  plot.addEventListener("pointerleave", () => {
    cursor.setAttribute("visibility", "hidden");
    readout.textContent = "";
  });
}

/** Bars side by side in bins of [0, 1]; each ranking has a filling of its own. */
function barChart(width, rankings, bins, label) {
  const most = Math.max(1, ...rankings.flatMap(({ ranking }) => ranking.histogram));
  const step = niceStep(most / 5);
  const ticks = range(0, Math.ceil(most / step) + 1).map(n => n * step);
  const { plot, area, atX, atY } = frame(width, chartHeight,
    { from: 0, to: 1, ticks: range(0, bins + 1).map(n => n / bins), format: tick => (100 * tick).toFixed(0), title: "average precision, %", gridless: true },
    { from: 0, to: ticks.at(-1), ticks, format: count, title: "queries" }, label);
  const slot = (atX(1) - atX(0)) / bins;
  const bar = slot * 0.8 / rankings.length;
  rankings.forEach(({ ranking, i }, place) => ranking.histogram.forEach((value, bin) => {
    const from = atX(bin / bins) + slot * 0.1 + bar * place;
    plot.append(svg("rect", {
      class: seriesClass(i), x: from, y: atY(value), width: Math.max(1, bar - 1), height: area.bottom - atY(value),
      fill: `url(#fill-${i})`, stroke: "currentColor",
    }));
  }));
  return [plot, el("p", { class: "readout", "aria-hidden": "true" })];
}

/** Fillings that differ in more than colour. */
function fillings(rankings) {
  const strokes = [null, "M-2 2L2 -2M0 8L8 0M6 10L10 6", "M0 4H8", "M4 0V8", "M0 4H8M4 0V8", "M-2 6L2 10M0 0L8 8M6 -2L10 2"];
  return svg("svg", { class: "hidden-text", "aria-hidden": "true", focusable: "false" }, svg("defs", null, rankings.map(({ i }) => {
    const stroke = strokes[i % strokes.length];
    return svg("pattern", { id: `fill-${i}`, class: seriesClass(i), width: 8, height: 8, patternUnits: "userSpaceOnUse" },
      svg("rect", { width: 8, height: 8, fill: "currentColor", "fill-opacity": stroke ? 0.15 : 0.85 }),
      stroke && svg("path", { d: stroke, stroke: "currentColor", "stroke-width": 2, fill: "none" }));
  })));
}

const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

/** 1, 2 or 5 times a power of ten, at least 1. */
function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  return [1, 2, 5, 10].map(factor => factor * power).find(step => step >= rough) ?? 1;
}
