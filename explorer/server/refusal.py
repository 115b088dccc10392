"""The small page that a refused or failed request gets: what to do, and nothing about the data."""

from __future__ import annotations

from html import escape

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">{head}
<title>{title}</title>
<style>
:root {{ color-scheme: light dark;
  --page: #ffffff; --ink: #1b1f24; --quiet: #5b6573; --line: #dfe2e6; --accent: #1f6feb; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --page: #111418; --ink: #e4e7eb; --quiet: #98a2b3; --line: #2a3038; --accent: #4c9aff; }}
}}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--ink);
  font: 15px/24px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }}
main {{ box-sizing: border-box; width: min(512px, 100vw - 32px); padding: 32px; border: 1px solid var(--line);
  border-radius: 6px; }}
h1 {{ margin: 0 0 8px; font-size: 18px; line-height: 24px; font-weight: 600; }}
p {{ margin: 0 0 16px; color: var(--quiet); }}
p:last-child {{ margin: 0; }}
code {{ font: 13px/24px ui-monospace, "SF Mono", Menlo, Consolas, monospace; color: var(--ink); }}
a {{ color: var(--accent); }}
</style>
</head>
<body><main><h1>{title}</h1>{body}</main></body>
</html>
"""


def page(title: str, *paragraphs: str, head: str = "") -> bytes:
    """A self-contained page; a paragraph and `head` are our own HTML, never text from a request or a trace."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return _PAGE.format(title=escape(title), body=body, head=head).encode()


NO_KEY = page(
    "Open the address that trace-explorer printed",
    "This dataset is private. The terminal where <code>trace-explorer open</code> runs shows an address that ends "
    "in a key; it opens the explorer in one browser.",
    "The key was used already, or belongs to an earlier start? Stop the program with <code>Ctrl+C</code> and start "
    "it again for a new address.",
    'If you have just opened that address here, <a href="/">go to the explorer</a>.',
)
ON_THE_WAY = page(
    "The explorer opens",
    'Nothing happens? <a href="/">Go to the explorer</a>.',
    head='\n<meta http-equiv="refresh" content="0;url=/">',
)
FOREIGN_HOST = page(
    "This address is not served here",
    "The explorer answers on this computer only. Open the address that trace-explorer printed; it starts with "
    "<code>http://127.0.0.1</code>.",
)
FOREIGN_ORIGIN = page(
    "Another site asked for this",
    "The explorer answers only to its own pages. Open the address that trace-explorer printed in a tab of its own.",
)


def failure(error_id: str) -> bytes:
    """The page of an unexpected error; the id stands beside it in the program's log."""
    return page(
        "Something went wrong",
        f"The explorer could not answer. The terminal names the place beside the number "
        f"<code>{escape(error_id)}</code>.",
        '<a href="/">Go to the explorer</a>',
    )
