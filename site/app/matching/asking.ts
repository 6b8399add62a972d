// The address in; what somebody asks for out; and back. Everything on the page follows from this and from an opened file.
import { sizeOf } from "../size";
import { general } from "./numbers";
import type { Step } from "./wanted";

const LONGEST = 100;
const MOST = 1_000_000;
const FORMS = /^[a-z]{1,20}$/;
const MOST_LEVELS = 9;
export const USUAL_KM = 100;

/** What the fields say; "" and undefined ask for nothing. */
export interface Asking {
  readonly design: string;
  readonly process: string;
  readonly material: string;
  readonly form: string;
  readonly thickness: number | undefined;
  readonly size: readonly number[];
  readonly tolerance: number | undefined;
  readonly quantity: number;
  readonly near: string;
  readonly within: number;
  readonly by: string;
  readonly country: string;
  readonly isCommercial: boolean;
  /** Who has to be there, at which level at least. */
  readonly competence: string;
  readonly level: number;
  readonly certification: string;
  readonly contract: string;
  readonly network: string;
  /** Hubs that speak it come first. */
  readonly language: string;
}

/** Return what the query part of an address asks for; what makes no sense is left out. */
export function readAsking(search: string): Asking {
  const given = new URLSearchParams(search);
  const text = (key: string): string => (given.get(key) ?? "").slice(0, LONGEST);
  const quantity = Math.floor(above0(text("quantity")) ?? 1);
  const by = text("by");
  return {
    design: text("design"), process: text("process"), material: text("material"), form: FORMS.test(text("form")) ? text("form") : "",
    thickness: above0(text("thickness")), size: sizeOf(text("size")), tolerance: above0(text("tolerance")),
    quantity: quantity >= 1 && quantity <= MOST ? quantity : 1, near: text("near"), within: above0(text("within")) ?? USUAL_KM,
    by: /^\d{4}-\d\d-\d\d$/.test(by) && !Number.isNaN(Date.parse(by)) ? by : "", country: text("country"), isCommercial: text("sale") === "1",
    competence: text("competence"), level: Math.min(MOST_LEVELS, Math.max(1, Math.floor(above0(text("level")) ?? 1))), certification: text("certification").trim(),
    contract: text("contract"), network: text("network"), language: text("language"),
  };
}

/** Return a number above 0, written with a point; undefined for any other text. */
export function above0(text: string): number | undefined {
  const value = Number(text.replace(",", "."));
  return text.trim() !== "" && value > 0 && Number.isFinite(value) ? value : undefined;
}

/** Return the query part of an address, "" for none; what a design says already is not repeated. */
export function writeAsking(asking: Asking): string {
  const { quantity, near, within } = asking;
  const described: [string, string][] = [
    ["process", asking.process], ["material", asking.material], ["form", asking.form], ["thickness", String(asking.thickness ?? "")],
    ["size", asking.size.join("x")], ["tolerance", String(asking.tolerance ?? "")],
    ["competence", asking.competence], ["level", asking.competence !== "" && asking.level > 1 ? String(asking.level) : ""], ["certification", asking.certification],
  ];
  const pairs: [string, string][] = [
    ["design", asking.design], ...(asking.design === "" ? described : []), ["quantity", quantity === 1 ? "" : String(quantity)], ["country", asking.country],
    ["near", near], ["within", near !== "" && within !== USUAL_KM ? String(within) : ""], ["by", asking.by], ["sale", asking.isCommercial ? "1" : ""],
    ["contract", asking.contract], ["network", asking.network], ["language", asking.language],
  ];
  const parts = pairs.filter(([, value]) => value !== "").map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%2F/g, "/")}`);
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** Return the one step that somebody describes; none without a process. */
export function described({ process, material, form, thickness, size, tolerance, competence, level, certification }: Asking): Step[] {
  if (process === "") return [];
  return [{
    id: "step", process, ...(material === "" ? {} : { material }), ...(form === "" ? {} : { form }), ...(size.length === 0 ? {} : { envelope: size }),
    ...(thickness === undefined ? {} : { thickness_mm: thickness }),
    ...(tolerance === undefined ? {} : { tolerance_mm: tolerance, tolerance: `± ${general(tolerance)} mm` }),
    ...(competence === "" ? {} : { requires: [[competence, level] as const] }), ...(certification === "" ? {} : { certifications: [certification] }),
  }];
}
