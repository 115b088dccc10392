"""Messages of an MCAP file, as far as it goes: cut off anywhere, damaged in the middle, or made to harm.

Of a chunk that the end of the file cuts, the messages before the cut are read; one that is damaged is passed over.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

import lz4.frame  # type: ignore[import-untyped]
import zstandard

MAGIC = b"\x89MCAP0\r\n"
MOST_CHUNK_BYTES = 128 << 20
MOST_MESSAGE_BYTES = 64 << 20
_HEADER, _FOOTER, _SCHEMA, _CHANNEL, _MESSAGE, _CHUNK, _ATTACHMENT, _METADATA, _DATA_END = (
    1,
    2,
    3,
    4,
    5,
    6,
    9,
    12,
    15,
)
_READ = frozenset((_HEADER, _SCHEMA, _CHANNEL, _MESSAGE, _CHUNK, _METADATA))
_RECORD = struct.Struct("<BQ")
_MESSAGE_HEAD = struct.Struct("<HIQQ")
_CHUNK_HEAD = struct.Struct("<QQQI")
_BROKEN = (struct.error, UnicodeDecodeError, IndexError)


@dataclass(frozen=True, slots=True)
class Channel:
    """What a message belongs to: its topic, the name of its schema, how it is encoded."""

    topic: str
    schema: str
    encoding: str


_NO_CHANNEL = Channel("", "", "")


class Message(NamedTuple):
    """One message; `order` is its place among all messages of the file, from 1. Content None: too large to read."""

    order: int
    channel: Channel
    log_ns: int
    content: bytes | None


@dataclass(slots=True)
class McapFile:
    """An MCAP file read from front to back. What is known besides messages is complete after `messages`."""

    path: Path
    profile: str = ""
    library: str = ""
    is_complete: bool = False
    damaged_chunks_n: int = 0
    attachments_n: int = 0
    metadata: dict[str, str] = field(default_factory=dict)
    _schemas: dict[int, str] = field(default_factory=dict)
    _channels: dict[int, Channel] = field(default_factory=dict)
    _only: Callable[[Channel], bool] | None = None
    _passed_over: set[int] = field(default_factory=set)
    _messages_n: int = 0
    _is_ended: bool = False

    def messages(self, only: Callable[[Channel], bool] | None = None) -> Iterator[Message]:
        """All messages that can be read, in the file's order; or those of the channels that `only` accepts."""
        self._only = only
        with self.path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                return
            for code, body, is_cut in self._records(file):
                if code == _CHUNK:
                    yield from self._chunk(body, is_cut)
                elif not is_cut:
                    yield from self._record(code, memoryview(body))
            self.is_complete = self._is_ended and not self.damaged_chunks_n and _ends_well(file)

    def schemas(self) -> Iterator[str]:
        """Names of the schemas met so far."""
        yield from self._schemas.values()

    def _records(self, file: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
        """(opcode, body, whether the file ends within it) of the data section."""
        end = file.seek(0, 2)
        position = file.seek(len(MAGIC))
        while len(head := file.read(_RECORD.size)) == _RECORD.size:
            code, length = _RECORD.unpack(head)
            position += _RECORD.size + length
            is_cut = position > end
            if code in (_DATA_END, _FOOTER):
                self._is_ended = not is_cut
                return
            self.attachments_n += code == _ATTACHMENT
            if code in _READ and length <= MOST_CHUNK_BYTES:
                yield code, file.read(length), is_cut
            else:
                self.damaged_chunks_n += code in _READ
            if is_cut:
                return
            file.seek(position)

    def _chunk(self, body: bytes, is_cut: bool) -> Iterator[Message]:
        try:
            _, _, size, crc = _CHUNK_HEAD.unpack_from(body)
            compression, place = _text(body, _CHUNK_HEAD.size)
            content = None
            if size <= MOST_CHUNK_BYTES:
                content = _decompressed(compression, memoryview(body)[place + 8 :], size)
        except _BROKEN:
            content = None
        if content is None:
            self.damaged_chunks_n += not is_cut
            return
        if not is_cut and (len(content) != size or (crc and zlib.crc32(content) != crc)):
            self.damaged_chunks_n += 1
            return
        yield from self._inner(content, is_cut)

    def _inner(self, content: bytes, is_cut: bool) -> Iterator[Message]:
        view, place, end = memoryview(content), 0, len(content)
        while place + _RECORD.size <= end:
            code, length = _RECORD.unpack_from(view, place)
            start, following = place + _RECORD.size, place + _RECORD.size + length
            if following > end:
                break
            if code == _MESSAGE:
                if (message := self._message(view[start:following])) is not None:
                    yield message
            elif code in (_SCHEMA, _CHANNEL):
                yield from self._record(code, view[start:following])
            place = following
        if place != end and not is_cut:
            self.damaged_chunks_n += 1

    def _record(self, code: int, body: memoryview) -> Iterator[Message]:
        try:
            if code == _MESSAGE:
                if (message := self._message(body)) is not None:
                    yield message
            elif code == _CHANNEL:
                self._note_channel(body)
            elif code == _SCHEMA:
                self._schemas[_short(body, 0)] = _text(body, 2)[0]
            elif code == _HEADER:
                self.profile, place = _text(body, 0)
                self.library = _text(body, place)[0]
            elif code == _METADATA:
                self.metadata |= _pairs(body, _text(body, 0)[1])
        except _BROKEN:
            self.damaged_chunks_n += 1

    def _message(self, body: memoryview) -> Message | None:
        """The message; None when it is too short to be one, or of a channel that is passed over."""
        if len(body) < _MESSAGE_HEAD.size:
            self.damaged_chunks_n += 1
            return None
        self._messages_n += 1
        channel_id, _, log_ns, _ = _MESSAGE_HEAD.unpack_from(body)
        if channel_id in self._passed_over:
            return None
        channel = self._channels.get(channel_id, _NO_CHANNEL)
        content = bytes(body[_MESSAGE_HEAD.size :]) if len(body) <= MOST_MESSAGE_BYTES else None
        return Message(self._messages_n, channel, log_ns, content)

    def _note_channel(self, body: memoryview) -> None:
        topic, place = _text(body, 4)
        encoding, _ = _text(body, place)
        channel = Channel(topic, self._schemas.get(_short(body, 2), ""), encoding)
        self._channels[_short(body, 0)] = channel
        if self._only is not None and not self._only(channel):
            self._passed_over.add(_short(body, 0))


def _decompressed(compression: str, content: memoryview, size: int) -> bytes | None:
    """At most `size` bytes; fewer when the content is cut off, None when it is damaged or of another compression."""
    try:
        if compression == "":
            return bytes(content[:size])
        if compression == "zstd":
            with zstandard.ZstdDecompressor().stream_reader(BytesIO(content)) as reader:
                return reader.read(size)
        if compression == "lz4":
            return bytes(lz4.frame.LZ4FrameDecompressor().decompress(content, max_length=size))
    except (zstandard.ZstdError, RuntimeError, EOFError, MemoryError):
        return None
    return None


def _ends_well(file: BinaryIO) -> bool:
    file.seek(-len(MAGIC), 2)
    return file.read() == MAGIC


def _short(body: memoryview, place: int) -> int:
    return int(struct.unpack_from("<H", body, place)[0])


def _text(body: bytes | memoryview, place: int) -> tuple[str, int]:
    """A text with its length before it, and where the next field starts."""
    (length,) = struct.unpack_from("<I", body, place)
    place += 4
    if place + length > len(body):
        raise IndexError("the text is longer than its record")
    return str(body[place : place + length], "utf-8"), place + length


def _pairs(body: memoryview, place: int) -> dict[str, str]:
    (length,) = struct.unpack_from("<I", body, place)
    place, end = place + 4, place + 4 + length
    found = {}
    while place < end:
        name, place = _text(body, place)
        found[name], place = _text(body, place)
    return found
