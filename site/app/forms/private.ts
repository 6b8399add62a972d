// What somebody has written in; what of it may be a person's own, as generator/checks/contacts.py finds it, out.
import { fold } from "../fold";
import type { Land } from "./land";

/** What generator/publish/form_rules.py writes: mail services for everybody, words of roles, and patterns for the flag `u`. */
export interface Rules {
  readonly free_mail: readonly string[];
  readonly roles: readonly string[];
  readonly email: string;
  readonly birth: string;
}

export type Found = readonly [kind: "email" | "phone" | "birth", text: string];

// As people write them: digits in groups, with + or the national prefix before them.
const NUMBER = "(?<![\\p{L}\\p{N}.,:_-])\\+?\\(?\\d(?:[ ().\\u00a0\\-]{0,3}\\d){6,16}(?![\\p{L}\\p{N}])";
const SHORTEST = 8;

/** Return whether an address is one at a service for everybody that speaks neither of a role nor of the organisation. */
export function isPrivate(rules: Rules, email: string, name: string): boolean {
  const at = email.lastIndexOf("@");
  const local = email.slice(0, Math.max(0, at)).toLowerCase().split("+")[0] ?? "";
  return rules.free_mail.includes(email.slice(at + 1).toLowerCase()) && isPersonal(rules, local, name);
}

function isPersonal({ roles }: Rules, local: string, name: string): boolean {
  const letters = fold(local).replace(/[^a-z]+/g, "");
  if (letters === "" || roles.some((role) => letters.includes(role))) return false;
  const parts = fold(name).split(" ").filter((part) => part !== "");
  const initials = parts.map((part) => [...part][0]).join("");
  const isOfName = parts.some((part) => part.length > 3 && letters.includes(part));
  return !(isOfName || parts.join("").includes(letters) || initials.startsWith(letters) || (letters.length > 2 && initials.includes(letters)));
}

/** Return whether a number in international form is a mobile one of the country. */
export function isMobile({ phone }: Land, typed: string): boolean {
  const [code, prefix, any, mobile, others] = phone;
  const digits = typed.replace(/\(0\)/, "").replace(/[^+\d]/g, "");
  if (code === 0 || mobile === "" || !digits.startsWith(`+${code}`)) return false;
  const rest = digits.slice(`+${code}`.length);
  const national = !isWhole(any, rest) && prefix !== "" && rest.startsWith(prefix) ? rest.slice(prefix.length) : rest;
  return isWhole(any, national) && isWhole(mobile, national) && !others.some((one) => isWhole(one, national));
}

/** Return the e-mail addresses, telephone numbers and dates of birth that a text for everybody holds. */
export function personal(rules: Rules, land: Land | undefined, text: string): Found[] {
  const emails = found(rules.email, text).map((one): Found => ["email", one]);
  const births = found(rules.birth, text).slice(0, 1).map((one): Found => ["birth", one]);
  if ((text.match(/\p{Nd}/gu) ?? []).length < SHORTEST) return [...emails, ...births];
  const numbers = found(NUMBER, text).filter((one) => isNumber(land, one)).map((one): Found => ["phone", one]);
  return [...emails, ...numbers, ...births];
}

function found(pattern: string, text: string): string[] {
  try {
    return text.match(new RegExp(pattern, "giu")) ?? [];
  } catch {
    return []; // browsers of before 2023 cannot look behind; the checks will
  }
}

/** Return whether digits are a telephone number: of any other country, or one that the country can have. */
function isNumber(land: Land | undefined, typed: string): boolean {
  const digits = typed.replace(/\(0\)/, "").replace(/[^+\d]/g, "");
  const [code = 0, prefix = "", any = "", mobile = "", others = []] = land?.phone ?? [];
  const isOurs = code > 0 && digits.startsWith(`+${code}`);
  if (digits.startsWith("+") && !isOurs) return digits.length > SHORTEST;
  if (code === 0 || (!isOurs && !digits.startsWith(prefix))) return false;
  const national = isOurs ? digits.slice(`+${code}`.length) : digits.slice(prefix.length);
  return isWhole(any, national) && [mobile, ...others].some((one) => isWhole(one, national));
}

function isWhole(pattern: string, digits: string): boolean {
  return pattern !== "" && new RegExp(`^(?:${pattern})$`).test(digits);
}
