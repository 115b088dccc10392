"""Names of invented people (plants, places of no country) and the words around them."""

from __future__ import annotations

from .seeds import SPLITS

_FIRST = """
    Juniper Marigold Briar Linden Rowan Heather Hazel Clover Sorrel Tansy Yarrow Bryony Laurel Aster Cedar Alder Aspen
    Maple Sage Fern Ivy Jasmine Lavender Magnolia Olive Peony Poppy Primrose Rosemary Saffron Sequoia Tamarind Verbena
    Viola Willow Zinnia Wren Lark Heron Bracken
"""
_LAST = """
    Vale Finch Marsh Quill Stone Holloway Brook Thicket Meadows Hollow Ashgrove Birchall Copse Dell Elmwood Fallow
    Glade Hedgerow Inkwell Knoll Larkspur Moorland Nettleby Oakhurst Pebble Ridgeway Saltmarsh Tarn Underhill Yewdale
    Appleby Barleycorn Cloudsley Dewberry Foxglove Greenacre Hawksworth Teasel Windfall Bramblewood
"""
_NAMES: dict[str, tuple[str, str]] = {
    "latin": (_FIRST, _LAST),
    "accented": (
        "Élodie Søren Zoë Nuño Łucja Björk Séverin Åsa Inês Tünde",
        "Érable Lindløv Mühlbach Peñasco Jarzębina Grönskog Forêt Åkerbär Urzeção Szőlő",
    ),
    "cyrillic": (
        "Ива Роза Лилия Василиса Мирта Тополь Ясень Калина",
        "Берёзова Ольхин Рябинин Калинова Осокин Тополев Полевая Клёнов",
    ),
    "greek": (
        "Δάφνη Μυρτώ Υάκινθος Ανθή Ίρις Νάρκισσος Ροδή Κέδρος",
        "Ελατίδης Δρυμώνα Πευκίδης Κισσού Λιβαδίτης Ιτέα Θυμάρης Αμπελίδη",
    ),
    "hebrew": ("אורן דקל הדס אלון רותם ורד", "הזית השקד הגפן הערבה התאנה הרימון"),
    "arabic": ("ياسمين ريحان سوسن نرجس زهرة رمان", "الزيتوني النخلي الوردي البستاني الغابي الحقلي"),
    "han": ("小竹 子轩 青松 梅香 若兰 云杉", "林 柳 杨 梅 松本 桃井"),
}
SCRIPTS = tuple(_NAMES)

STREETS = (
    "Fixture Way", "Mock Terrace", "Sample Street", "Placeholder Road", "Example Lane", "Specimen Square",
    "Pattern Row", "Template Avenue", "Invented Close", "Nowhere Hill",
)  # fmt: skip
TOWNS = ("Testbury", "Mockton", "Sampleford", "Exampleham", "Fictional Bay", "Drafthaven")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip

# Sentences of mails, notes and chats: `{ENTITY}` is a value of a person, `[KIND]` something that only looks like one.
SENTENCES = (
    "Please call {PHONE_NUMBER} before noon.",
    "I have told {PERSON} about order [order].",
    "The new address is {LOCATION}, from [date] on.",
    "Her card {CREDIT_CARD} was refused twice.",
    "Write to {EMAIL_ADDRESS} if the parcel [order] is late.",
    "My number for the form is {US_SSN}.",
    "The refund goes to {IBAN_CODE} this week.",
    "{PERSON} will bring release [version] on Friday.",
    "Dear {PERSON}, thank you for your letter.",
    "He logs in from {IP_ADDRESS} most days.",
)
PLAIN_SENTENCES = (
    "Thank you for your patience.",
    "The planters of order [order] left our store today.",
    "Version [version] is on all desks since [date].",
    "Please find the price list below.",
    "We meet in room [room] as always.",
    "The total is [price] with delivery.",
    "Nothing else has changed since then.",
    "The next delivery is planned for the end of the month.",
)
SUBJECTS = (
    "Order has not arrived", "Price list", "Delivery on Friday", "Question about an invoice", "Meeting notes",
    "Change of address", "Two planters too many", "Room for Thursday", "Totals", "Your request",
)  # fmt: skip


def names(split: str, script: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First and last names of one script, every other one: no word is in both splits."""
    first, last = (words.split()[SPLITS.index(split) :: len(SPLITS)] for words in _NAMES[script])
    return tuple(first), tuple(last)
