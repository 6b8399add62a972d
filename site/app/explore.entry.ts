// The page Explore comes to life: data are fetched, then everything follows from the address.
import { countriesFirst } from "./answers";
import { element, found, link } from "./elements";
import { Explore } from "./explore";
import { fill, openWorld } from "./loading";
import { readState } from "./state";
import { wordsFrom } from "./words";

const place = found("karakana-explore");
const words = wordsFrom(place);
const { root = "", base = "" } = place.dataset;

async function start(): Promise<void> {
  const world = await openWorld(root, document.documentElement.lang, "everybody");
  const explore = new Explore(place, words, world);
  await fill(world, root, countriesFirst(readState(location.search)), (progress) => explore.arrived(progress));
}

start().catch(() => {
  const lists = link(`${base}hubs/`, words["lists"] ?? "");
  found("explore-notes").replaceChildren(element("p", "", words["failed"] ?? "", " ", lists));
  place.dataset["live"] = "";
});
