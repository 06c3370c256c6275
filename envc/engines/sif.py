"""What Apptainer writes into the head of an image that differs each time, and what stands there
instead: a random name, and when the image and each of its parts were made.

https://github.com/apptainer/sif/blob/main/pkg/sif/sif.go
"""

import mmap
import os
import struct
from hashlib import sha256
from uuid import UUID

from envc.facts.problem import Problem

_MAGIC = b"SIF_MAGIC\0"
_HEAD = struct.Struct("<32s10s3s3s16s8q")
_NAME, _TIMES = 48, 64
"""Where in the head the random name is, and the two moments behind it."""
_PART = struct.Struct("<i?III3q2q2q128s384s")
_PART_TIMES = 41
_MOMENTS = struct.Struct("<2q")


def settle(path: str, epoch: int) -> Problem | None:
    """Gives an image a name that follows from what it holds, and one time."""
    try:
        with open(path, "r+b") as file, mmap.mmap(file.fileno(), 0) as image:
            problem = _settle(image, epoch)
            image.flush()
            os.fsync(file.fileno())
    except (OSError, ValueError) as error:
        return Problem(f"`{path}` cannot be read as an image of Apptainer: {error}".lower())
    return problem


def _settle(image: mmap.mmap, epoch: int) -> Problem | None:
    if len(image) < _HEAD.size:
        return _none()
    _, magic, *_, total, start, length, _, _ = _HEAD.unpack_from(image)
    if magic != _MAGIC or not 0 <= start <= start + total * _PART.size <= len(image):
        return _none()
    del length
    moments = _MOMENTS.pack(epoch, epoch)
    image[_TIMES : _TIMES + len(moments)] = moments
    for place in range(start, start + total * _PART.size, _PART.size):
        _, used, *_ = _PART.unpack_from(image, place)
        if used:
            at = place + _PART_TIMES
            image[at : at + len(moments)] = moments
    image[_NAME : _NAME + 16] = bytes(16)
    image[_NAME : _NAME + 16] = UUID(bytes=sha256(image).digest()[:16], version=4).bytes
    return None


def _none() -> Problem:
    return Problem("what Apptainer wrote is no image in the form that envc knows")
