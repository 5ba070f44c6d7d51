"use strict";

// Names come from anywhere. Elements are made here, and text only ever becomes a text node: nothing parses it as HTML.

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (isKnown(child) && child !== false) {
      parent.append(child);
    }
  }
  return parent;
}

function setAttributes(target, attributes) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === true) {
      target.setAttribute(name, "");
    } else if (isKnown(value) && value !== false) {
      target.setAttribute(name, value);
    }
  }
  return target;
}

/** An HTML element. */
function el(tag, attributes, ...children) {
  return append(setAttributes(document.createElement(tag), attributes), children);
}

/** An SVG element. */
function svg(tag, attributes, ...children) {
  return append(setAttributes(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes), children);
}

/** Text of unknown direction. */
const name = (text, attributes) => el("bdi", attributes, text);

const hiddenText = text => el("span", { class: "hidden-text" }, text);

const byId = id => document.getElementById(id);

const whole = new Intl.NumberFormat("en");
const count = value => whole.format(value);
const isKnown = value => value !== null && value !== undefined;
const percent = value => !isKnown(value) ? "–" : `${(100 * value).toFixed(2)} %`;
const bare = value => !isKnown(value) ? "–" : (100 * value).toFixed(2);

/** A difference of fractions in percentage points, with a sign that is not its colour alone. */
function delta(difference) {
  const points = Math.round(difference * 1e4) / 100;
  const mark = points > 0 ? "▲ +" : points < 0 ? "▼ −" : "= ";
  const kind = points > 0 ? "up" : points < 0 ? "down" : "same";
  return el("span", { class: `delta ${kind}` }, mark + Math.abs(points).toFixed(2));
}

/** A table: columns are { title, text } with text for columns that are not numbers; rows are lists of cells, the first a heading. */
function table(caption, columns, rows) {
  const head = columns.map(column => el("th", { scope: "col", class: column.text ? "text-cell" : null }, column.title));
  const body = rows.map(cells => el("tr", null, cells.map((cell, i) => i === 0
    ? el("th", { scope: "row" }, cell)
    : el("td", { class: columns[i].text ? "text-cell" : null, "data-title": typeof columns[i].title === "string" ? columns[i].title : null }, cell))));
  return el("table", null, el("caption", null, el("span", null, caption)), el("thead", null, el("tr", null, head)), el("tbody", null, body));
}

/** A wide table in a box of its own. Where it scrolls, with the keyboard too, it says so: in words, and by a shade where more is to come. */
function scrolling(label, content) {
  const box = el("div", { class: "scroll", role: "region", "aria-label": label }, content);
  const hint = el("p", { class: "hint", hidden: true }, "↔ Scroll this table sideways to see all of it.");
  const tell = () => {
    const beyond = box.scrollWidth - box.clientWidth;
    hint.hidden = beyond <= 1;
    if (beyond > 1) {
      box.tabIndex = 0;
    } else {
      box.removeAttribute("tabindex");
    }
    box.classList.toggle("more-before", beyond > 1 && box.scrollLeft > 1);
    box.classList.toggle("more-after", beyond > 1 && box.scrollLeft < beyond - 1);
  };
  const watch = new ResizeObserver(tell);
  watch.observe(box);
  watch.observe(content);
  box.addEventListener("scroll", tell, { passive: true });
  return el("div", { class: "wide" }, box, hint);
}

/** A table whose rows become cards on a narrow screen. Elements that are no longer laid out as a table need its roles by name. */
function stacking(content) {
  const roles = { table: "table", "thead, tbody": "rowgroup", tr: "row", "th[scope=col]": "columnheader", "th[scope=row]": "rowheader", td: "cell" };
  content.classList.add("stacks");
  for (const [selector, role] of Object.entries(roles)) {
    [content, ...content.querySelectorAll("*")].filter(part => part.matches(selector)).forEach(part => part.setAttribute("role", role));
  }
  return content;
}

const definitions = (pairs, attributes) => el("dl", attributes, pairs
  .filter(([, value]) => isKnown(value))
  .map(([term, value]) => el("div", null, el("dt", null, term), el("dd", null, value))));
