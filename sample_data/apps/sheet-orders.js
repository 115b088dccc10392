// @ts-check
/** Rows of the sample spreadsheet. Every person is invented; addresses and numbers are reserved for examples. */
const HEAD = ["Order", "Customer", "E-mail", "Town", "Date", "Amount", "Status", "Phone"];
const WIDTHS = [72, 148, 214, 104, 84, 84, 96, 106];
const ORDERS = [
  ["4118", "Hazel Pennywort", "hazel.pennywort@example.com", "Exampleton", "1 Mar", "212.00", "Sent", "555-0119"],
  ["4119", "Basil Thornbury", "basil.thornbury@example.org", "Sampleford", "1 Mar", "86.40", "Returned", "555-0135"],
  ["4120", "Bramble Oakes", "bramble.oakes@example.com", "Testbury", "1 Mar", "54.90", "Sent", "555-0102"],
  ["4121", "Fern Applegarth", "fern.applegarth@example.net", "Exampleton", "2 Mar", "310.25", "Sent", "555-0147"],
  ["4122", "Yarrow Mill", "yarrow.mill@example.com", "Mockham", "2 Mar", "47.00", "Open", "555-0166"],
  ["4123", "Old Mill Garden Club", "club@example.org", "Testbury", "2 Mar", "498.60", "Open", "555-0180"],
  ["4124", "Clover Ashby", "clover.ashby@example.com", "Sampleford", "2 Mar", "71.50", "Damaged", "555-0163"],
  ["4125", "Aster Lindqvist", "aster.lindqvist@example.net", "Mockham", "3 Mar", "129.95", "Sent", "555-0121"],
  ["4126", "Thistle Marlowe", "thistle.marlowe@example.com", "Exampleton", "3 Mar", "64.20", "Open", "555-0158"],
  ["4127", "Juniper Vale", "juniper.vale@example.com", "Testbury", "3 Mar", "274.80", "Late", "555-0142"],
  ["4128", "Sage Winterbourne", "sage.winterbourne@example.org", "Sampleford", "4 Mar", "38.10", "Sent", "555-0173"],
  ["4129", "Laurel Bridgewood", "laurel.bridgewood@example.com", "Mockham", "4 Mar", "156.00", "Open", "555-0108"],
  ["4130", "Heather Stone", "heather.stone@example.net", "Testbury", "4 Mar", "92.75", "Sent", "555-0195"],
  ["4131", "Marigold Finch", "marigold.finch@example.net", "Exampleton", "5 Mar", "181.30", "Open", "555-0177"],
  ["4132", "Poppy Greenaway", "poppy.greenaway@example.com", "Sampleford", "5 Mar", "59.99", "Sent", "555-0114"],
  ["4133", "Sorrel Wren", "sorrel.wren@example.org", "Mockham", "5 Mar", "340.00", "Open", "555-0128"],
  ["4134", "Elder Fairweather", "elder.fairweather@example.com", "Testbury", "6 Mar", "77.40", "Sent", "555-0139"],
  ["4135", "Tansy Bellweather", "tansy.bellweather@example.org", "Exampleton", "6 Mar", "204.00", "Open", "555-0151"],
];
