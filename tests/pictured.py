"""Small pictures, written by hand."""

from __future__ import annotations

import struct
import zlib

RED = b"\xff\x00\x00"
TRUE_COLOUR = 2


def png(
    width: int,
    height: int,
    *,
    claimed: tuple[int, int] | None = None,
    pixel: bytes = RED,
    bits: int = 8,
    kind: int = TRUE_COLOUR,
) -> bytes:
    """A PNG of one colour."""
    rows = b"".join(b"\x00" + pixel * width for _ in range(height))
    header = png_header(*(claimed or (width, height)), bits=bits, kind=kind)
    return b"\x89PNG\r\n\x1a\n" + header + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def png_header(width: int, height: int, *, bits: int = 8, kind: int = TRUE_COLOUR) -> bytes:
    """The chunk of a PNG that says its size."""
    return _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
