/** The calendar page, and the calendar for other programs. */
export const calendars = {
  agenda: "Agenda",
  announced: "Serie",
  caption: "Kalender",
  cut:
    "Hier liegt mehr, als ein Kalender zeigt. Wählen Sie eine Person oder einen kürzeren Zeitraum.",
  day_new: "Neue Aktivität am {day}",
  empty: "In diesem Zeitraum ist nichts geplant.",
  feed: "Kalender für andere Programme",
  feed_address: "Adresse Ihres Kalenders",
  feed_busy: "Belegt",
  feed_close: "Adresse sperren",
  feed_closed: "Die Adresse führt nirgendwohin mehr.",
  feed_copy:
    "Kopieren Sie die Adresse jetzt: Sie wird nur dieses eine Mal gezeigt. Wer sie kennt, liest Ihren Kalender.",
  feed_detail: "Was darin steht",
  feed_detail_busy: "nur, wann Sie belegt sind",
  feed_detail_subject: "Betreff, Zeit und ein Link hierher",
  feed_make: "Adresse erzeugen",
  feed_name: "kompaktCRM – {name}",
  feed_privacy:
    "Liegt Ihr Kalender bei einem Anbieter außerhalb der EU, gelangen Betreffe mit Namen dorthin. Wählen Sie dann „nur, wann Sie belegt sind“.",
  feed_renew: "Neue Adresse erzeugen",
  feed_since: "Eine Adresse besteht seit {date}: {detail}. Eine neue ersetzt sie.",
  feed_text:
    "Mit dieser Adresse zeigen Google Kalender, Outlook und Apple Kalender Ihre Termine und Aufgaben an, ohne Anmeldung und nur zum Lesen.",
  month: "Monat",
  more: { one: "{count} weiterer", other: "{count} weitere" },
  next: "Weiter",
  previous: "Zurück",
  title: "Kalender",
  today: "Heute",
  views: "Ansicht",
  week: "Woche",
  week_number: "KW {number}",
  week_number_head: "KW",
  who: "Wessen Kalender",
};
