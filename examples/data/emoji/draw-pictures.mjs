// Draws the sample's pictures: node draw-pictures.mjs PACKAGES OUTPUT, where PACKAGES holds node_modules. Into OUTPUT
// come pictures/MAKER/CODE_NAME.webp, and beside the makers query.txt and gallery.txt with their paths.
// make-emoji-sample.ps1 calls it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [packages, output] = process.argv.slice(2);
const sharp = createRequire(join(packages, 'package.json'))('sharp');
const within = (...parts) => join(packages, 'node_modules', ...parts);
const read = (...parts) => JSON.parse(readFileSync(within(...parts), 'utf8'));
const side = 64; // what Google's and Twitter's are in their packages
const categories = ['Animals & Nature', 'Food & Drink'];

const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
const codes = (emoji) => [emoji.unified.toLowerCase(), emoji.unified.toLowerCase().replaceAll('-fe0f', '')];
const names = read('@iconify-json', 'fluent-emoji-flat', 'chars.json');
const slugs = (emoji) => {
  const known = codes(emoji).map((code) => names[code]).filter(Boolean);
  return [...known, ...[emoji.name, ...emoji.short_names].filter(Boolean).map(slug)];
};
const file = (path) => (existsSync(path) ? readFileSync(path) : null);

// Old sets use a name that another emoji has today: their cricket is the game.
const owners = Object.fromEntries(Object.entries(names).map(([code, name]) => [name, code]));
const isOf = (emoji, name) => !owners[name] || codes(emoji).includes(owners[name]);

// A maker whose package has the files of an emoji by their code.
const files = (find) => (emoji) => find(emoji).map(file).find(Boolean) ?? null;

// A maker whose package has drawings by the name of the emoji.
function drawings(name) {
  const set = read('@iconify-json', name, 'icons.json');
  return (emoji) => {
    const keys = slugs(emoji).map((name) => set.aliases?.[name]?.parent ?? name);
    const key = keys.find((name) => set.icons[name] && isOf(emoji, name));
    if (!key) return null;
    const icon = set.icons[key];
    const [width, height] = [icon.width ?? set.width ?? 16, icon.height ?? set.height ?? 16];
    const box = `viewBox="0 0 ${width} ${height}" width="${side}" height="${side}"`;
    return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${box}>${icon.body}</svg>`);
  };
}

const fluent = (code) => within('@lobehub', 'fluent-emoji-3d', 'assets', `${code}.webp`);
const datasource = (maker, emoji) => (emoji[`has_img_${maker}`]
  ? [within(`emoji-datasource-${maker}`, 'img', maker, '64', emoji.image)]
  : []);

// In the order of the alphabet: a maker's place is its camera number.
const makers = {
  emojione: drawings('emojione'),
  'fluent-3d': files((emoji) => codes(emoji).map(fluent)),
  'fluent-flat': drawings('fluent-emoji-flat'),
  google: files((emoji) => datasource('google', emoji)),
  'noto-v1': drawings('noto-v1'),
  twitter: files((emoji) => datasource('twitter', emoji)),
};

// The hash of its code picks the maker whose picture is the query, out of those who drew it: nobody chose.
function queryMaker(emoji, drawnBy) {
  const hash = createHash('sha256').update(`emoji ${emoji.unified.toLowerCase()}`).digest();
  return drawnBy[hash.readUInt32BE(0) % drawnBy.length];
}

async function draw(picture, path) {
  await sharp(picture).resize(side, side, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .flatten({ background: '#ffffff' }).webp({ quality: 80, effort: 6 }).toFile(path);
}

const lists = { query: [], gallery: [] };
for (const maker of Object.keys(makers)) mkdirSync(join(output, 'pictures', maker), { recursive: true });
const all = read('emoji-datasource-google', 'emoji.json');
for (const emoji of all.filter((emoji) => categories.includes(emoji.category))) {
  const pictures = Object.entries(makers).map(([maker, find]) => [maker, find(emoji)]).filter(([, picture]) => picture);
  const query = queryMaker(emoji, pictures.map(([maker]) => maker));
  for (const [maker, picture] of pictures) {
    const name = `${maker}/${codes(emoji)[1]}_${slugs(emoji)[0]}.webp`;
    await draw(picture, join(output, 'pictures', name));
    lists[maker === query ? 'query' : 'gallery'].push(name);
  }
}

for (const [set, list] of Object.entries(lists)) {
  writeFileSync(join(output, 'pictures', `${set}.txt`), list.sort().map((name) => `${name}\n`).join(''));
}

console.log(`${lists.query.length} queries, ${lists.gallery.length} gallery pictures`);
