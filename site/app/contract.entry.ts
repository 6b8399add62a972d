// The page of a contract template fills it in.
import { element, found } from "./elements";
import { load } from "./data";
import type { Workshop } from "./contracts/fields";
import { Form } from "./contracts/form";
import { Hubs } from "./contracts/hubs";
import type { Facts } from "./contracts/language";
import { Makers } from "./contracts/makers";
import { tasks } from "./contracts/terms";
import { isMapping, items, type Common, type Template, type World } from "./contracts/values";
import { wordsFrom } from "./words";
import type { Mapping } from "./yaml";

const section = found("fill");
const words = wordsFrom(section);
const { root = "", contract = "", countries = "" } = section.dataset;
const folder = `${root}data/contracts/`;
const place = element("div", "contract-place");
const hubs = new Hubs(root);
const makers = new Makers(root, hubs, words);

async function start(): Promise<void> {
  const [template, common] = await Promise.all([load<Template>(`${folder}${contract}.json`), load<Common>(`${folder}common.json`)]);
  const world: World = { common, hub: (id) => hubs.get(id), hubIds: () => hubs.ids(), doubts: (all, design) => makers.doubts(all, design) };
  const facts = (code: string): Promise<Facts> => load<Facts>(`${folder}words/${code}.json`);
  const meet = async (values: Mapping): Promise<boolean> => {
    const named = Object.values(values).flatMap(items).flatMap((one) => (isMapping(one) && typeof one["hub"] === "string" ? [one["hub"]] : []));
    const met = await Promise.all([...new Set(named)].map((id) => hubs.fetch(id).then(() => true, () => false)));
    const answered = await Promise.all(tasks(template, values, world).map(([all, design]) => makers.ask(all, design)));
    return [...met, ...answered].every((isAnswered) => isAnswered);
  };
  const form = new Form(place, { template, facts, world, shop: shop(common), root, meet });
  section.dataset["ready"] = "";
  await hubs.open().catch(() => undefined);
  form.renew();
  section.dataset["hubs"] = "";
}

function shop({ designs }: Common): Workshop {
  return {
    words, countries: countries.split(" "), usual: { currency: "" },
    hubs: {
      part: "hub", countries: () => hubs.countries(), open: (country) => hubs.country(country), choices: (country) => hubs.choices(country),
      parts: async (id) => hubs.fetch(id).then((hub) => hub && { name: hub.name, address: hub.address, country: hub.country }, () => undefined),
    },
    designs: {
      part: "id", countries: () => [], open: async () => Promise.resolve(), choices: () => Object.entries(designs).map(([id, [name]]) => ({ id, name })),
      parts: async (id) => Promise.resolve(designs[id]).then((one) => one && { name: one[0], version: one[1], url: one[2] }),
    },
  };
}

section.append(place);
document.getElementById("fill-open")?.remove();
start().catch(() => place.replaceChildren(element("p", "form-note form-warning", words["failed"] ?? "")));
