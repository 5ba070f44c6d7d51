"""Makes tests/data/extractor: mean.onnx, which takes one picture of any size and gives the mean of each of its channels,
written byte by byte as protocol buffers, and pictures whose means are known.

Run with Pillow (made with Pillow 9.4):  python3 tests/data/make_extractor_fixtures.py
"""
import pathlib

from PIL import Image

FOLDER = pathlib.Path(__file__).parent / "extractor"


def field(number, content):
    """A field of protocol buffers, whose sizes and numbers here are all below 128."""
    if isinstance(content, int):
        return bytes([number << 3, content])
    content = content.encode() if isinstance(content, str) else content
    return bytes([number << 3 | 2, len(content)]) + content


def picture(name, extents):
    shape = b"".join(field(1, field(1, extent) if extent else field(2, "any")) for extent in extents)
    return field(1, name) + field(2, field(1, field(1, 1) + field(2, shape)))


def model():
    node = field(1, "picture") + field(2, "mean") + field(4, "GlobalAveragePool")
    graph = (field(1, node) + field(2, "mean") + field(11, picture("picture", (1, 3, 0, 0)))
             + field(12, picture("mean", (1, 3, 1, 1))))
    length = bytes([len(graph) & 127 | 128, len(graph) >> 7]) if len(graph) > 127 else bytes([len(graph)])
    return field(1, 8) + field(8, field(2, 13)) + bytes([7 << 3 | 2]) + length + graph


if __name__ == "__main__":
    for maker in ("one", "two"):
        (FOLDER / "pictures" / maker).mkdir(parents=True, exist_ok=True)
    (FOLDER / "mean.onnx").write_bytes(model())
    pictures = FOLDER / "pictures"
    Image.new("RGB", (6, 9), (255, 0, 0)).save(pictures / "one" / "red.png")
    Image.new("RGB", (5, 5), (0, 255, 0)).save(pictures / "two" / "green.webp", lossless=True)
    half = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    half.paste((0, 0, 255, 255), (0, 0, 4, 8))
    half.save(pictures / "two" / "half.png")
    wide = Image.new("RGB", (8, 4), "white")
    wide.paste("black", (2, 0, 6, 4))
    wide.save(FOLDER / "wide.png")
