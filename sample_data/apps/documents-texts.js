// @ts-check
/** Texts of the sample documents app: title, then blocks as [kind, text]. Everybody named is invented. */
const DOCUMENTS = [
  {
    id: "d1", name: "Reply to a late order", folder: "Letters", edited: "Today, 08:50", blocks: [
      ["h1", "Your order is on its way"], ["p", "Larkspur Supplies, 4 Example Street, Exampleton"], ["p", "Dear customer,"],
      ["p", "Thank you for your patience. Your order left our store today and should reach you within two working days. If it does not, please call the desk and we will look into it at once."],
      ["h2", "What we do for you"], ["p", "Delivery is free this time. You will find a voucher in the parcel, valid until the end of June."],
      ["h2", "How to reach us"], ["p", "Write to desk@example.net or call 555-0190 between nine and five."], ["p", "Kind regards"], ["p", "Larkspur Supplies"],
    ],
  },
  {
    id: "d2", name: "Letter to Marigold Finch", folder: "Letters", edited: "Yesterday", blocks: [
      ["h1", "Your new address"], ["p", "Marigold Finch, 27 Mock Terrace, Exampleton"], ["p", "Dear Ms Finch,"],
      ["p", "We have noted your move. From the first of the month all parcels go to the new shop. The invoice is still sent to marigold.finch@example.net."],
      ["p", "Please tell us if the number 555-0177 changes as well."], ["h2", "Next delivery"], ["p", "Order 4131 leaves us on 5 March. It holds 24 trays of summer flowers and two bags of soil."],
      ["p", "Kind regards"], ["p", "Larkspur Supplies"],
    ],
  },
  {
    id: "d3", name: "Meeting notes, Thursday", folder: "Team", edited: "Monday", blocks: [
      ["h1", "Meeting notes, Thursday"], ["p", "Present: Rowan Quill, Linden Marsh, Briar Holloway"], ["h2", "Late orders"],
      ["p", "Four orders were late last week. The parcel office changed its hours. Linden Marsh asks them for an earlier pick-up."],
      ["h2", "Spring fair"], ["p", "Our table is near the entrance. Set-up is from eight."], ["h2", "To do"], ["p", "Check the price list. Order more clay pots. Answer all open complaints by Friday."],
    ],
  },
  {
    id: "d4", name: "Price list, spring", folder: "Team", edited: "27 Feb", blocks: [
      ["h1", "Price list, spring"], ["p", "All prices with tax, delivery not included."], ["h2", "Pots"], ["p", "Planter, clay, 30 cm: 22.90"], ["p", "Planter, clay, 40 cm: 34.50"],
      ["h2", "Seeds"], ["p", "Seed mix, meadow: 6.40"], ["p", "Seed mix, shade: 7.20"], ["h2", "Soil"], ["p", "Potting soil, 40 l: 11.80"],
    ],
  },
];
