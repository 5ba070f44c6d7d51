"""Makes the pictures in tests/data/pictures, of kinds that the module's own library reads and does not write.

Run with Pillow (made with Pillow 9.4):  python3 tests/data/make_picture_fixtures.py
Each shows a gradient: red grows by 4 a column of 32, green by 6 a row of 24, blue is 60.
"""
import pathlib

from PIL import Image

FOLDER = pathlib.Path(__file__).parent / "pictures"


def gradient(blue=60):
    image = Image.new("RGB", (32, 24))
    image.putdata([(4 * column, 6 * row, blue) for row in range(24) for column in range(32)])
    return image


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    frames = [gradient(60), gradient(160), gradient(240)]
    gradient().save(FOLDER / "progressive.jpg", progressive=True, quality=95, comment=b"a comment", icc_profile=b"p" * 3000)
    gradient().convert("CMYK").save(FOLDER / "cmyk.jpg", quality=95)
    turned = Image.Exif()
    turned[0x0112] = 6
    gradient().save(FOLDER / "turned.jpg", quality=95, exif=turned)
    frames[0].save(FOLDER / "animated.webp", save_all=True, append_images=frames[1:], lossless=True, minimize_size=False)
    frames[0].save(FOLDER / "animated.gif", save_all=True, append_images=frames[1:])
    gradient().convert("P", palette=Image.Palette.ADAPTIVE, colors=16).save(FOLDER / "interlaced.gif", interlace=1)
