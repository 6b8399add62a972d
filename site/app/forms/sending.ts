// Finished files in; the ways to send them out: the forge's page for a new file, its editor, an issue, or a download.
import type { Json, Mapping } from "../yaml";

/** A file of the registry, by its path in the repository. */
export interface File {
  readonly path: string;
  readonly text: string;
  readonly data: Mapping;
  readonly isNew: boolean;
  /** Whether the file that is there has the same text. */
  readonly isSame: boolean;
}

/** Patterns of addresses, with {path}, {folder}, {file}, {value}, {title}, {body}; generator/publish/forge.py. */
export interface Forge {
  readonly name: string;
  readonly create: string;
  readonly edit: string;
  readonly issue: string;
}

// Characters of an address that every forge takes. GitHub answers more than 8192 with "Your request URL is too long", as
// GitLab does by nginx's `large_client_header_buffers`; Forgejo takes a megabyte, what stands before it often 8 kB.
const LONGEST = 8000;
const SIGN_IN = "https://forge.example/login?return_to=".length;
const FENCE = "```";

/** Return the page on which a new file stands ready; "" when its address would be too long. */
export function newFile(forge: Forge, { path, text }: File, title: string): string {
  const at = path.lastIndexOf("/");
  return filled(forge.create, { path, folder: path.slice(0, at), file: path.slice(at + 1), value: text, title });
}

/** Return the page on which a file is edited. */
export function editor(forge: Forge, { path }: File): string {
  return filled(forge.edit, { path });
}

/** Return the page on which an issue with all files stands ready; "" when its address would be too long. */
export function issue(forge: Forge, title: string, body: string): string {
  return filled(forge.issue, { title, body });
}

/** Return the page on which an issue is written, with its title alone. */
export function emptyIssue(forge: Forge, title: string): string {
  return filled(forge.issue, { title: title.slice(0, 200), body: "" });
}

/** Return whether an address grows too long when the forge asks to sign in first, and takes it along encoded once more. */
export function isLostOnTheWay(address: string): boolean {
  return SIGN_IN + encodeURIComponent(address).length > LONGEST;
}

function filled(pattern: string, values: Readonly<Record<string, string>>): string {
  const address = pattern.replace(/\{(\w+)\}/g, (_, name: string) => (name === "path" || name === "folder" ? encoded(values[name] ?? "").replace(/\+/g, "%20") : encoded(values[name] ?? "")));
  return address.length <= LONGEST ? address : "";
}

/** Return text as a part of a query; what RFC 3986 allows there stands as it is. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(/%20/g, "+").replace(/%(?:2F|3A|2C|3F|40)/g, decodeURIComponent);
}

/** Return the title of a change, in English as all of a registry's history. */
export function titleOf(files: readonly File[], name: string): string {
  const [first] = files;
  const verb = first?.isNew === false ? "Change" : "Add";
  return files.length > 1 || first === undefined ? `${verb} ${name} (${files.length} files)` : `${verb} ${name}`;
}

/** What an issue says besides the files, by the headings of .github/ISSUE_TEMPLATE/1-add-a-hub.yml. */
export interface Answers {
  readonly country: string;
  readonly hub: Mapping | undefined;
}

/** Return the text of an issue: the answers under the issue form's headings, then each file in a fence of its own. */
export function bodyOf(files: readonly File[], { country, hub }: Answers): string {
  const parts = hub === undefined ? [] : answered(hub, country);
  const fenced = files.map(({ path, text }) => `\`${path}\`\n\n${fence(text)}yaml\n${text}${fence(text)}`);
  return [...parts.map(([heading, text]) => `### ${heading}\n\n${text}`), "### Files", ...fenced].join("\n\n").concat("\n");
}

function answered(hub: Mapping, country: string): [heading: string, text: string][] {
  const place = mappingOf(hub["location"]);
  const contact = mappingOf(hub["contact"]);
  const point = place["latitude"] === undefined ? "" : `${String(place["latitude"])}, ${String(place["longitude"])}`;
  const all: [string, Json | undefined][] = [
    ["Name", nameOf(hub["name"])], ["Kind", hub["kind"]], ["Country", country], ["Town", place["locality"]],
    ["Website, or an e-mail address or telephone number of the hub", hub["website"] ?? contact["email"] ?? contact["phone"]],
    ["Latitude and longitude", point],
  ];
  return all.filter(([, value]) => typeof value === "string" && value !== "").map(([heading, value]) => [heading, oneLine(String(value))]);
}

function mappingOf(value: Json | undefined): Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** Return a name as people read it: in English, else in the first language that it has. */
export function nameOf(value: Json | undefined): string {
  if (typeof value === "string") return value;
  const texts = mappingOf(value);
  return String(texts["en"] ?? Object.values(texts)[0] ?? "");
}

/** A heading within an answer would be taken for one of the form, and a comment would hide what follows. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(/<!--/g, "<\\!--").trim();
}

/** Return a fence that the text does not hold. */
function fence(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return FENCE.padEnd(longest + 1, "`");
}

export function forgeFrom(text: string | undefined): Forge | undefined {
  return text === undefined || text === "" ? undefined : (JSON.parse(text) as Forge);
}

