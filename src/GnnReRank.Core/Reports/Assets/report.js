// Puts the page together.

const themes = ["system", "light", "dark"];
const printedQueries = 20;

function themeButton() {
  const button = byId("theme");
  let theme = 0;
  button.addEventListener("click", () => {
    theme = (theme + 1) % themes.length;
    document.documentElement.dataset.theme = themes[theme];
    button.textContent = `Theme: ${themes[theme]}`;
  });
}

function heading() {
  const parts = [
    `${rankings.length} ranking${rankings.length === 1 ? "" : "s"}`, `${count(data.queryCount)} queries`, `${count(data.galleryCount)} gallery images`];
  byId("subtitle").textContent = parts.join(" · ");
  const sections = [...document.querySelectorAll("main > section")].filter(section => !section.hidden);
  byId("contents").append(el("ul", null, sections.map(section =>
    el("li", null, el("a", { href: `#${section.id}` }, section.querySelector("h2").textContent)))));
}

/** Paper gets the first queries of the order, and says so. */
function printing() {
  const note = el("p", { class: "muted" });
  window.addEventListener("beforeprint", () => {
    watcher.disconnect();
    const chunks = [...list.querySelectorAll(".chunk")];
    chunks.forEach((chunk, i) => i < printedQueries / chunkSize ? fill(chunk) : chunk.hidden = true);
    note.textContent = order.length > printedQueries ? `The first ${printedQueries} of ${count(order.length)} queries in this order.` : "";
    list.before(note);
  });
  window.addEventListener("afterprint", () => {
    note.remove();
    list.querySelectorAll(".chunk").forEach(chunk => {
      chunk.hidden = false;
      watcher.observe(chunk);
    });
  });
}

/** A link to one query, from outside or after a reload. */
function openAddress() {
  const row = /^#query-(\d+)$/.exec(location.hash)?.[1];
  if (row) {
    jumpTo(Number(row));
  }
}

themeButton();
summarySection();
curveSection();
toolbarSection();
changeSection();
makingSection();
heading();
printing();
openAddress();
