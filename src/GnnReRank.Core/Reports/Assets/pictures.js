// Pictures of images: linked, embedded, or a drawing with the file's name.

const data = JSON.parse(byId("data").textContent);

/** The address of an image's picture; null where there is none. A name stays a path within its folder, whatever it says. */
function pictureAddress(images, at) {
  if (images.pictures) {
    return images.pictures[at] ? `data:image/jpeg;base64,${images.pictures[at]}` : null;
  }
  if (!images.folder || !images.names) {
    return null;
  }
  const steps = images.names[at].replaceAll("\\", "/").split("/").filter(step => step !== "" && step !== ".");
  const inside = steps.length > 0 && !steps.includes("..") && !steps[0].endsWith(":");
  return inside ? images.folder + steps.map(step => encodeURIComponent(step.toWellFormed())).join("/") : null;
}

const imageName = (images, at) => images.names ? images.names[at] : `row ${images.rows[at]}`;

function picture(images, at, alt) {
  const address = pictureAddress(images, at);
  if (address === null) {
    return placeholder(images, at, alt);
  }
  const image = el("img", { class: "picture", alt, loading: "lazy", decoding: "async" });
  image.addEventListener("error", () => image.replaceWith(placeholder(images, at, alt)), { once: true });
  image.src = address;
  return image;
}

function placeholder(images, at, alt) {
  const lines = brokenName(imageName(images, at));
  return svg("svg", { class: "picture placeholder", viewBox: "0 0 92 112", role: "img", "aria-label": alt },
    svg("rect", { class: "shape", x: 30, y: 18, width: 32, height: 26, rx: 3 }),
    svg("circle", { class: "shape", cx: 39, cy: 26, r: 3 }),
    svg("path", { class: "shape", d: "M31 41 L43 31 L50 37 L54 34 L61 40" }),
    lines.map((line, i) => svg("text", { x: 46, y: 62 + 13 * i }, line)));
}

/** The end of a name, which tells files apart, in lines that fit. */
function brokenName(text) {
  const width = 13;
  const letters = Array.from(text.replaceAll("\\", "/").split("/").pop() || text);
  const shown = letters.length > 3 * width ? ["…", ...letters.slice(1 - 3 * width)] : letters;
  const lines = [];
  for (let i = 0; i < shown.length; i += width) {
    lines.push(shown.slice(i, i + width).join(""));
  }
  return lines;
}
