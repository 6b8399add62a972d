// A hub's open minutes of the week (generator/publish/opening.py) in; whether it is open now, by the hub's clock, out.
import { element, link } from "./elements";

const DAY = 1440;
const WEEK = 7 * DAY;
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Minutes from Monday's midnight; the end may lie in the next week. */
export type Spans = readonly (readonly [start: number, end: number])[];

/** What is to be said, and the minute from this Monday's midnight at which it changes. */
export interface Now {
  readonly key: "open" | "always" | "today" | "tomorrow" | "later";
  readonly change: number;
}

/** Show whether the hub of this page is open, above its hours and below its name, minute by minute. */
export function showOpen(section: HTMLElement): void {
  const spans = spansOf(section.dataset["week"] ?? "");
  const zone = section.dataset["zone"] ?? "";
  const here = element("p", "karakana-now");
  const above = link("#hours");
  above.className = "karakana-now";
  const update = (): void => {
    const minute = minuteOfWeek(zone, new Date());
    const now = nowOf(spans, minute);
    const isOpen = now.key === "open" || now.key === "always";
    for (const place of [here, above]) {
      place.textContent = sentence(section.dataset[now.key] ?? "", now, minute);
      place.classList.toggle("karakana-open", isOpen);
    }
  };
  try {
    update();
  } catch {
    return; // an old browser that does not know the zone
  }
  section.querySelector("h2")?.after(here);
  document.querySelector(".karakana-about")?.append(" · ", above);
  setInterval(update, 60_000);
}

/** Return the spans of an attribute such as "510-1050 1950-2490". */
export function spansOf(text: string): Spans {
  return text.split(" ").map((span) => {
    const [start, end] = span.split("-");
    return [Number(start), Number(end)] as const;
  });
}

/** Return the minute of the week on the clocks of a time zone. Throws a RangeError for a zone that is not known. */
export function minuteOfWeek(zone: string, now: Date): number {
  const wanted = { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-US", wanted).formatToParts(now).map((part) => [part.type, part.value]));
  return DAYS.indexOf(parts["weekday"] ?? "") * DAY + Number(parts["hour"]) * 60 + Number(parts["minute"]);
}

/** Return what holds at a minute of the week. */
export function nowOf(spans: Spans, minute: number): Now {
  const again = [...spans, ...spans.map(([start, end]) => [start + WEEK, end + WEEK] as const)];
  for (const shift of [0, WEEK]) {
    const at = minute + shift;
    let end = again.find(([start, end]) => start <= at && at < end)?.[1];
    if (end === undefined) continue;
    for (const [start, later] of again) if (start === end) end = later;
    return end - at >= WEEK ? { key: "always", change: end - shift } : { key: "open", change: end - shift };
  }
  const start = Math.min(...again.map(([start]) => start).filter((start) => start > minute));
  const days = Math.floor(start / DAY) - Math.floor(minute / DAY);
  return { key: days === 0 ? "today" : days === 1 ? "tomorrow" : "later", change: start };
}

function sentence(words: string, now: Now, minute: number): string {
  const day = dayName(now.change);
  const isFar = now.key === "open" && now.change - minute >= DAY;
  return words.replace("{day}", day).replace("{time}", isFar ? `${day} ${clock(now.change)}` : clock(now.change));
}

function clock(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor((minute % DAY) / 60))}:${two(minute % 60)}`;
}

function dayName(minute: number): string {
  const date = new Date(Date.UTC(2024, 0, 1 + Math.floor(minute / DAY))); // which was a Monday
  return date.toLocaleDateString(document.documentElement.lang, { weekday: "long", timeZone: "UTC" });
}
