// The page on which somebody writes or changes a hub or a machine comes to life.
import { element, found, link } from "./elements";
import { askedFor } from "./forms/asked";
import { Form } from "./forms/form";
import { keepParts } from "./forms/keeping";
import type { Settings } from "./forms/page";
import { forgeFrom, nameOf } from "./forms/sending";
import { NOTHING, Store } from "./forms/store";
import { say, wordsFrom } from "./words";

const page = found("karakana-form");
const place = found("form-place");
const words = wordsFrom(page);
const { root = "", base = "" } = page.dataset;
const asked = askedFor(location.search);
const store = new Store(root);
const settings = JSON.parse(page.dataset["settings"] ?? "{}") as Settings;

async function start(): Promise<void> {
  const standing = asked.kind === "new" ? NOTHING : await store.standing(asked.hub);
  const { records } = standing;
  const own = asked.kind === "machine" ? `machines/${asked.hub}/${asked.slug}` : `hubs/${asked.kind === "new" ? "" : asked.hub}`;
  if (asked.kind !== "new" && records[own] === undefined) throw new Error(own);
  if (asked.kind !== "new") title(nameOf(records[own]?.["name"] ?? records[own]?.["model"]), asked.kind);
  const form = new Form(place, { words, base, root, settings, forge: forgeFrom(page.dataset["forge"]), store, asked }, standing);
  page.dataset["live"] = "";
  await store.open().catch(() => form.warn(words["failed"] ?? ""));
  form.renew();
  await form.arrive();
  name(form);
  await store.privacy().catch(() => undefined);
  form.renew();
  page.dataset["ready"] = "";
  void keepParts().then(() => (page.dataset["kept"] = ""));
}

/** Fetch what things are called in all languages once somebody looks for one: it is the largest file of the page. */
function name(form: Form): void {
  const wanted = (event: FocusEvent): void => {
    if (!(event.target instanceof Element) || !event.target.matches("[role=combobox]")) return;
    place.removeEventListener("focusin", wanted);
    store.names().then(() => form.renew()).catch(() => place.addEventListener("focusin", wanted));
  };
  place.addEventListener("focusin", wanted);
}

function title(name: string, kind: string): void {
  const text = say(words, kind === "add" ? "title_machine" : "title_edit", { name });
  found("form-title").textContent = text;
  document.title = text;
  for (const lead of page.querySelectorAll<HTMLElement>(":scope > .karakana-lead")) lead.hidden = true;
}

start().catch(() => {
  page.dataset["live"] = "";
  place.replaceChildren(element("p", "form-note form-warning", words["missing"] ?? "", " ", link("./", words["title"] ?? "")));
});
