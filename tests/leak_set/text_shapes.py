"""Texts of each channel with a gap for a value in braces, and texts that only look as if they held one."""

from __future__ import annotations

CHANNELS = ("window_title", "url", "clipboard", "typed", "element_name", "task", "thought")
# Entities that stand alone in a text of the channel, as often as the list names them.
_COMMON = ("PERSON", "EMAIL_ADDRESS", "EMAIL_ADDRESS", "PHONE_NUMBER", "PHONE_NUMBER", "CREDIT_CARD", "US_SSN",
           "IBAN_CODE", "API_TOKEN")  # fmt: skip
ENTITIES = {
    "window_title": (*_COMMON, "USER_PATH", "HOST_NAME"),
    "url": ("PERSON", "EMAIL_ADDRESS", "EMAIL_ADDRESS", "PHONE_NUMBER", "IBAN_CODE", "API_TOKEN", "USER_INFO",
            "USER_PATH", "HOST_NAME", "IP_ADDRESS"),
    "clipboard": (*_COMMON, "USER_PATH", "USER_INFO", "IP_ADDRESS"), "typed": _COMMON, "element_name": _COMMON,
    "task": (*_COMMON, "HOST_NAME"), "thought": (*_COMMON, "USER_PATH", "IP_ADDRESS"),
}  # fmt: skip

# Where {} is the value and [kind] a decoy beside it.
LEAKING: dict[str, tuple[str, ...]] = {
    "window_title": ("{} - Customers", "Re: {} - Mail", "{} | Orders [order]", "Payment {} - Desk",
                     "Edit {}: version [version]"),
    "url": ("https://desk.example/customers?find={}&page=2", "https://desk.example/people/{}/orders/[room]",
            "https://desk.example/app#/open/{}?v=[version]", "https://shop.test/pay?order=[room]&to={}"),
    "clipboard": ("{}", "{}\nOrder [order]\n[date]", "[date]\t{}\t[price]", "Please note: {}.", "order;{};[version]"),
    "typed": ("{}", "note: {} ", "{} order [room]", "for {}, room [room]"),
    "element_name": ("{}", "Open {}", "{}, 3 unread messages, [date]", "Remove {} from order [order]", "Copy {}"),
    "task": ("Change the record of {} and send order [order]", "Answer {} about order [order]", "Send {} to the desk",
             "Enter {} in the form, then save"),
    "thought": ("The form shows {}, so I save it.", "I will paste {} into the second field.",
                "Order [order] belongs to {}.", "The page says {}; version [version] is open."),
}  # fmt: skip
# What carries values that are only part of it; `~` stands for the folder of home directories.
AROUND = {
    "USER_INFO": ("https://{}files.example/share", "ftp://{}192.0.2.7/in", "https://{}code.example/desk.git"),
    "USER_PATH": ("/~/{}/Documents/list.csv", "C:\\Users\\{}\\Desktop\\list.xlsx", "/Users/{}/notes.txt"),
    "HOST_NAME": ("{}", "\\\\{}\\share", "ssh {}"),
    "IP_ADDRESS": ("{}", "ping {}"),
}  # fmt: skip
# Whole addresses, for those of them that are no part of a query.
ADDRESSES = {
    "USER_INFO": AROUND["USER_INFO"], "USER_PATH": ("file:///~/{}/list.html", "file:///C:/Users/{}/list.html"),
    "HOST_NAME": ("http://{}:8080/desk", "http://{}/start"), "IP_ADDRESS": ("http://{}:8501/", "http://{}/desk"),
}  # fmt: skip

# A placeholder of a redaction pass is written as <ENTITY>.
DECOY_TEXTS: dict[str, tuple[str, ...]] = {
    "window_title": ("Order [order] - Customers", "Release [version] - Notes", "[picture_file] - Pictures",
                     "<PERSON> - Customers",
                     "Totals of [date] - Sheet", "[range] - Orders - Sheet", "Part [part] - Store",
                     "[card_like] - Search",
                     "Re: <EMAIL_ADDRESS>, order [order] - Mail"),
    "url": ("https://shop.test/orders/[room]?page=2&v=[version]", "https://code.example/desk/commit/[commit]",
            "https://desk.example/pictures/[picture_file]", "https://desk.example/find?q=%3CPERSON%3E",
            "https://code.example/packages/[package]", "https://desk.example/day/[date]T[clock]",
            "http://localhost:8501/", "https://desk.example/part/[part]"),
    "clipboard": ("[order]", "[price]", "[commit]", "[card_like]", "[iban_like]", "Sum of [range]: [price]",
                  "[package]", "<PHONE_NUMBER>", "[isbn]", "[tracking]", "[each]\n[date]\n[size]"),
    "typed": ("order [order] ", "[mention] please look", "release [version]", "[each]", "room [room] at [clock]",
              "=SUM([range])", "[tracking]"),
    "element_name": ("Order [order]", "Cell [range]", "[picture_file]", "Version [version]",
                     "Saved on [date] at [clock]", "Open <PERSON>", "[mention]", "[isbn]"),
    "task": ("Send order [order] again", "Sum the cells [range]", "Install [package]", "Book room [room] for [date]",
             "Find part [part]", "Answer <PERSON> about order [order]"),
    "thought": ("The total is [price], so I go on.", "I open commit [short_commit].",
                "[tracking] is a number of a parcel.", "The card [card_like] fails the check, as the task says.",
                "Size is [size] at [clock].", "The placeholder <CREDIT_CARD> stands there."),
}  # fmt: skip
