// @ts-check
/** Messages of the sample mail app. Every person is invented; addresses, numbers and cards are reserved for examples. */
const MESSAGES = [
  {
    id: "m1", from: "Juniper Vale", email: "juniper.vale@example.com", subject: "Order 4127 has not arrived", when: "09:42", unread: true, flagged: true, label: "Orders",
    body: ["Hello,", "I ordered twelve planters on 2 March and they were promised for last Friday. Nothing has come so far, and the tracking page has not changed since Monday.", "Please tell me when to expect them. You can reach me on 555-0142 or at this address until six."],
    facts: [["Order", "4127"], ["Item", "Planter, clay, 30 cm"], ["Phone", "555-0142"], ["Paid with", "4111 1111 1111 1111"]], end: "Kind regards\nJuniper Vale",
  },
  {
    id: "m2", from: "Basil Thornbury", email: "basil.thornbury@example.org", subject: "Refund for order 4119", when: "09:15", unread: true, label: "Orders",
    body: ["Good morning,", "The second parcel of order 4119 held the wrong seed mix. I have sent it back today. Please refund the amount to the card I paid with.", "If you need anything else, write to basil.thornbury@example.org."],
    facts: [["Order", "4119"], ["Item", "Seed mix, meadow"], ["Amount", "86.40"], ["Card", "4111 1111 1111 1111"]], end: "Thank you\nBasil Thornbury",
  },
  {
    id: "m3", from: "Marigold Finch", email: "marigold.finch@example.net", subject: "New delivery address", when: "08:58", unread: true, label: "Customers",
    body: ["Hi there,", "We are moving the shop at the end of the month. Please send order 4131 to the new address and use the new number from now on.", "The phone is 555-0177, the mail stays marigold.finch@example.net."],
    facts: [["Order", "4131"], ["Street", "12 Sample Lane"], ["Town", "Exampleton"], ["Phone", "555-0177"]], end: "See you soon\nMarigold Finch",
  },
  {
    id: "m4", from: "Rowan Quill", email: "rowan.quill@example.com", subject: "Totals for Thursday's meeting", when: "Yesterday", unread: false, label: "Team",
    body: ["Hello,", "For Thursday I need the sum of all open orders and the three largest customers. Two lines are enough, I will put them on the slide.", "Please mark the header row in bold before you share the table, the last one was hard to read."],
    facts: [["Due", "Thursday, 10:00"], ["Table", "Orders, March"], ["Phone", "555-0110"]], end: "Rowan Quill",
  },
  {
    id: "m5", from: "Clover Ashby", email: "clover.ashby@example.com", subject: "Broken pot in order 4124", when: "Yesterday", unread: false, flagged: true, label: "Orders",
    body: ["Dear team,", "One of the six pots arrived in pieces. I have added no picture, because the parcel office kept it, but they gave me the report number 7731.", "A new pot is enough, no refund needed."],
    facts: [["Order", "4124"], ["Report", "7731"], ["Phone", "555-0163"]], end: "Best wishes\nClover Ashby",
  },
  {
    id: "m6", from: "Sorrel Wren", email: "sorrel.wren@example.org", subject: "Invoice address for order 4133", when: "Yesterday", unread: false, label: "Customers",
    body: ["Hello,", "Please send the invoice to sorrel.wren@example.org and not to the shop. The order number is 4133."],
    facts: [["Order", "4133"], ["Phone", "555-0128"]], end: "Sorrel Wren",
  },
  {
    id: "m7", from: "Harvest Weekly", email: "letter@example.net", subject: "Ten ideas for a dry summer", when: "Mon", unread: false, label: "News",
    body: ["This week: mulch, rain barrels and plants that forgive.", "You receive this letter because you asked for it once. Nothing in it is urgent."], facts: [], end: "The editors",
  },
  {
    id: "m8", from: "Linden Marsh", email: "linden.marsh@example.com", subject: "Shift plan for next week", when: "Mon", unread: false, label: "Team",
    body: ["Hi all,", "The plan for next week is in the shared table, second tab. Tell me by Wednesday if something does not fit."], facts: [["Week", "12"], ["Phone", "555-0104"]], end: "Linden Marsh",
  },
  {
    id: "m9", from: "Parcel Office", email: "desk@example.net", subject: "Your pick-up is booked", when: "Mon", unread: false, label: "Orders",
    body: ["Four parcels are booked for Tuesday between 14:00 and 16:00.", "Please have the labels ready."], facts: [["Booking", "PX-20817"], ["Desk", "555-0190"]], end: "Parcel Office",
  },
  {
    id: "m10", from: "Briar Holloway", email: "briar.holloway@example.com", subject: "Thank you for the quick help", when: "Sun", unread: false, label: "Customers",
    body: ["Hello,", "The replacement came the next morning. That was very kind, thank you."], facts: [], end: "Briar Holloway",
  },
  {
    id: "m11", from: "Tansy Bellweather", email: "tansy.bellweather@example.org", subject: "Question about order 4135", when: "Sun", unread: false, label: "Orders",
    body: ["Good evening,", "Can order 4135 still be changed from 20 to 24 trays? If it is too late, leave it as it is."], facts: [["Order", "4135"], ["Phone", "555-0151"]], end: "Tansy Bellweather",
  },
  {
    id: "m12", from: "Old Mill Garden Club", email: "club@example.org", subject: "Spring fair: your table", when: "Sat", unread: false, label: "News",
    body: ["Your table at the spring fair is number 14, near the entrance.", "Set-up is from eight."], facts: [["Table", "14"]], end: "The committee",
  },
];
