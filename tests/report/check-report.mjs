// Opens reports in Chromium and checks what a person, a screen reader and a firewall would notice. See README.md.

import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const themes = ["light", "dark"];
const widths = [1280, 768, 360];
const firstPaintLimit = 1000;

const options = process.argv.slice(2);
const shots = options.includes("--shots") ? options.splice(options.indexOf("--shots"), 2)[1] : null;
if (shots) {
  mkdirSync(shots, { recursive: true });
}
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--headless=new", "--no-sandbox"] });
let failures = 0;

function expect(holds, what) {
  if (!holds) {
    failures++;
    console.log(`  FAILED: ${what}`);
  }
}

/** A page with the report, watched for errors and for whatever leaves the machine. */
async function open(file, theme, width, expected = /ERR_FILE_NOT_FOUND/) {
  const page = await browser.newPage();
  page.on("pageerror", error => expect(false, `script error: ${error.message}`));
  page.on("console", message => expect(message.type() !== "error" || expected.test(message.text()), message.text()));
  page.on("request", request => expect(/^(file|data):/.test(request.url()), `fetched ${request.url()}`));
  page.on("dialog", dialog => {
    expect(false, `a dialog opened: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }, { name: "prefers-reduced-motion", value: "reduce" }]);
  await page.setViewport({ width, height: 900 });
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  return page;
}

async function checkLook(file, theme, width) {
  const page = await open(file, theme, width);
  await page.evaluate(() => new Promise(done => setTimeout(done, 300)));
  const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(scroll <= width, `${theme} ${width}: the page is ${scroll} px wide`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(tags => axe.run(document, { runOnly: tags }), wcag);
  for (const { id, help, nodes } of violations) {
    expect(false, `${theme} ${width}: ${id}: ${help}: ${nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(" | ")}`);
  }
  if (shots) {
    await page.setViewport({ width, height: 2400 });
    await page.screenshot({ path: join(shots, `${basename(file, ".html")}-${theme}-${width}.png`) });
  }
  await page.close();
}

/** Whatever is wider than its box says so, takes the keyboard, and shows where more is to come; the summary of a phone is whole. */
async function checkWideTables(file, width) {
  const page = await open(file, "light", width);
  const wrong = await page.evaluate(async phone => {
    const settle = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))));
    document.querySelectorAll("details").forEach(details => { details.open = true; });
    await settle();
    const found = [];
    for (const box of document.querySelectorAll(".scroll")) {
      const beyond = box.scrollWidth - box.clientWidth;
      const hint = box.parentElement.querySelector(".hint");
      const tell = what => found.push(`${box.getAttribute("aria-label")} (${beyond} px beyond): ${what}`);
      const caption = box.querySelector("caption > span").getBoundingClientRect();
      if (caption.right > box.getBoundingClientRect().right) {
        tell("its caption is cut");
      }
      if (beyond <= 1) {
        if (!hint.hidden || box.hasAttribute("tabindex")) {
          tell("it says that it scrolls, and does not");
        }
        continue;
      }
      if (hint.hidden || !hint.offsetHeight || box.tabIndex !== 0 || box.getAttribute("role") !== "region" || !box.getAttribute("aria-label")) {
        tell("it scrolls and does not say so");
      }
      const ends = () => [box.classList.contains("more-before"), box.classList.contains("more-after")].join();
      const start = ends();
      box.scrollLeft = beyond;
      await settle();
      if (start !== "false,true" || ends() !== "true,false") {
        tell(`its shades are ${start} at the start and ${ends()} at the end`);
      }
    }
    if (phone) {
      for (const cell of document.querySelectorAll("#summary tbody > tr > *")) {
        const box = cell.getBoundingClientRect();
        if (box.left < 0 || box.right > innerWidth || box.height === 0 || cell.scrollWidth > cell.clientWidth + 1) {
          found.push(`summary: '${cell.textContent}' is cut`);
        }
        if (cell.matches("td") && !getComputedStyle(cell, "::before").content.includes(cell.dataset.title)) {
          found.push(`summary: '${cell.textContent}' has no title`);
        }
      }
    }
    return found;
  }, width === Math.min(...widths));
  wrong.forEach(what => expect(false, `${width}: ${what}`));
  await page.close();
}

async function checkUse(file) {
  const page = await open(file, "light", 1280);
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  console.log(`  first contentful paint ${paint.toFixed(0)} ms, ${nodes} elements`);
  expect(paint < firstPaintLimit, `first paint took ${paint} ms`);

  const focused = () => page.evaluate(() => document.activeElement.id);
  const titles = () => page.evaluate(() => [...document.querySelectorAll(".query h3")].map(title => title.firstChild.textContent));
  await page.keyboard.press("j");
  const first = await focused();
  expect(first.startsWith("query-"), `j goes to a query, not to '${first}'`);
  if (await page.evaluate(() => data.query.rows.length > 1)) {
    await page.keyboard.press("j");
    expect(await focused() !== first, "j goes on");
    await page.keyboard.press("k");
    expect(await focused() === first, "k goes back");
  }
  for (const button of await page.$$("#toolbar button")) {
    await button.click();
    expect(await button.evaluate(it => it.getAttribute("aria-pressed")) === "true", "a pressed order says so");
  }
  // Rows are built when the browser has seen where they stand.
  const shown = await page.waitForSelector(".query h3", { timeout: 5000 }).catch(() => null);
  expect(shown !== null, "an order shows queries");
  await page.type("#filter", "no such name anywhere");
  expect((await titles()).length === 0, "a filter without matches leaves none");
  const last = await page.evaluate(() => data.query.rows.at(-1));
  await page.evaluate(row => jumpTo(row), last);
  expect(await focused() === `query-${last}`, "a jump reaches the last row whatever the filter");
  for (const theme of ["light", "dark", "system"]) {
    await page.click("#theme");
    expect(await page.evaluate(() => document.documentElement.dataset.theme) === theme, `the button reaches ${theme}`);
  }
  await page.close();
}

/** Gains and losses are of all queries; those that are not shown one by one have no link that leads nowhere. */
async function checkChanges(file) {
  const page = await open(file, "light", 1280);
  const wrong = await page.evaluate(() => rankings.flatMap(({ changes }, i) => {
    if (!changes) {
      return [];
    }
    view.other = i;
    return ["gained", "lost"].flatMap(kind => {
      const drawn = changeTable(kind, kind);
      const links = [...drawn.querySelectorAll("a")].map(link => Number(link.hash.slice("#query-".length)));
      const rows = changes[kind].most.map(query => query.row).filter(row => data.query.rows.includes(row));
      const said = drawn.textContent.includes(changes[kind].count === 0 ? "No query" : count(changes[kind].count));
      const holds = said && links.join() === rows.join() && drawn.querySelectorAll("tbody tr").length === changes[kind].most.length;
      return holds ? [] : [`${rankings[i].shortName}: ${drawn.textContent.slice(0, 120)}`];
    });
  }));
  expect(wrong.length === 0, `gains and losses: ${wrong.join(" | ")}`);
  await page.close();
}

/** What a hostile name is made of must stay text when the script builds the page, not only in the file. */
async function checkHostileNames(file) {
  const page = await open(file, "light", 1280, /ERR_FILE_NOT_FOUND|violates the following Content Security Policy/);
  const [made, address] = await page.evaluate(() => {
    const hostile = "<img src=x onerror=alert(1)></script><script>alert(2)</script>";
    const images = { rows: [0], names: [hostile], folder: "./" };
    document.body.append(name(hostile), picture(images, 0, hostile));
    return [document.querySelectorAll("bdi img, bdi script").length, pictureAddress({ rows: [0], names: ["//evil.example/x.png"], folder: "./" }, 0)];
  });
  expect(made === 0, "a name makes no element");
  expect(address === "./evil.example/x.png", `a name that looks like an address becomes '${address}'`);
  expect(await page.evaluate(() => pictureAddress({ rows: [0], names: ["a/../../x.png"], folder: "./" }, 0)) === null, "a name cannot climb");
  const blocked = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    return window.ran !== true;
  });
  expect(blocked, "the policy stops any other script");
  await page.close();
}

async function checkPrint(file) {
  const page = await open(file, "dark", 1280);
  const pdf = await page.pdf({ format: "A4", timeout: 120_000 });
  expect(pdf.length > 10_000, "it prints");
  if (shots) {
    await page.emulateMediaType("print");
    await page.screenshot({ path: join(shots, `${basename(file, ".html")}-print.png`) });
  }
  await page.close();
}

for (const file of options.map(path => resolve(path))) {
  console.log(file);
  for (const theme of themes) {
    for (const width of widths) {
      await checkLook(file, theme, width);
    }
  }
  for (const width of widths) {
    await checkWideTables(file, width);
  }
  await checkUse(file);
  await checkChanges(file);
  await checkHostileNames(file);
  await checkPrint(file);
}
await browser.close();
console.log(failures === 0 ? "All checks passed." : `${failures} checks failed.`);
process.exitCode = failures === 0 ? 0 : 1;
