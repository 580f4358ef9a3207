/** What is written in British addresses between the street and the postcode. */

/** A whole British postcode; no other country writes its codes like that. */
const postcode = /^([A-Z]{1,2})\d[A-Z\d]? ?\d[A-Z]{2}$/i;

const counties = new Set(
  ("avon bedfordshire berkshire buckinghamshire cambridgeshire cheshire cleveland cornwall " +
    "cumbria derbyshire devon dorset durham essex gloucestershire hampshire herefordshire " +
    "hertfordshire humberside kent lancashire leicestershire lincolnshire merseyside middlesex " +
    "norfolk northamptonshire northumberland nottinghamshire oxfordshire rutland shropshire " +
    "somerset staffordshire suffolk surrey sussex warwickshire wiltshire worcestershire yorkshire " +
    "aberdeenshire angus ayrshire berwickshire caithness clackmannanshire dumfriesshire " +
    "dunbartonshire fife kincardineshire kinross kirkcudbrightshire lanarkshire midlothian " +
    "moray nairnshire peeblesshire perthshire renfrewshire roxburghshire selkirkshire " +
    "stirlingshire sutherland wigtownshire anglesey carmarthenshire ceredigion clwyd conwy " +
    "denbighshire dyfed flintshire glamorgan gwent gwynedd monmouthshire pembrokeshire powys " +
    "antrim armagh down fermanagh londonderry tyrone").split(" "),
);
const side = /^(?:county|co\.?|north|south|east|west|mid) /i;
const areas =
  /^(?:tyne (?:and|&) wear|west midlands|greater (?:manchester|london)|isle of wight)$/i;

/** Whether the line names a county: "Berkshire", "West Sussex". */
export function isCounty(line: string): boolean {
  const name = line.trim();
  return areas.test(name) || counties.has(name.replace(side, "").toLowerCase());
}

const islands: Readonly<Record<string, string>> = { JE: "JE", GY: "GG", IM: "IM" };

/** The country, ISO-2, of a code that only Britain and its islands have; empty for any other. */
export function countryOf(code: string): string {
  const [, area = ""] = postcode.exec(code.trim()) ?? [];
  return area === "" ? "" : islands[area.toUpperCase()] ?? "GB";
}

const road =
  /\d|\b(?:road|rd|street|st|lane|ln|avenue|ave|drive|close|court|crescent|gardens?|grove|hill|house|mews|park|place|row|square|terrace|view|walk|way|wharf|yard|estate|centre|mill|floor|suite|unit|flat|apartment|building)\.?$/i;

/** Where the town is among the lines above a postcode, and the county below it; -1 for neither. */
export function townIn(lines: readonly string[]): { town: number; county: number } {
  const last = lines.length - 1;
  const county = last > 0 && isCounty(lines[last]!) ? last : -1;
  const town = county < 0 ? last : county - 1;
  const isTown = town > 0 && !road.test(lines[town]!.trim()) && /^\p{L}/u.test(lines[town]!.trim());
  return { town: isTown ? town : -1, county: isTown ? county : -1 };
}
