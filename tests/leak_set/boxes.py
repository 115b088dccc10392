"""Rectangles in picture pixels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """From left and top to right and bottom, the last two just outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height

    @property
    def edges(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.right, self.bottom

    @property
    def area(self) -> tuple[slice, slice]:
        """Rows and columns of the box in an array of pixels."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def grown(self, across: int, along: int) -> Box:
        """The box with that many pixels more at each side, and above and below."""
        return Box(self.left - across, self.top - along, self.right + across, self.bottom + along)

    def moved(self, across: int, along: int) -> Box:
        return Box(self.left + across, self.top + along, self.right + across, self.bottom + along)

    def scaled(self, by: float) -> Box:
        """The box in another display scale, origin at the top left."""
        return Box(*(round(edge * by) for edge in self.edges))

    def within(self, size: tuple[int, int]) -> Box:
        """What of the box lies in a picture of that width and height; empty boxes have no width or no height."""
        left, right = (min(max(edge, 0), size[0]) for edge in (self.left, self.right))
        top, bottom = (min(max(edge, 0), size[1]) for edge in (self.top, self.bottom))
        return Box(left, top, max(left, right), max(top, bottom))

    def touches(self, other: Box) -> bool:
        """Whether the two share a pixel."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other box lies in this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )
