// The page that tells who can make something comes to life.
import { element, found, link } from "./elements";
import { openWorld } from "./loading";
import { Names } from "./matching/names";
import { Tool } from "./matching/tool";
import { wordsFrom } from "./words";

const place = found("karakana-match");
const words = wordsFrom(place);
const { root = "", base = "" } = place.dataset;

openWorld(root, document.documentElement.lang)
  .then((world) => new Tool(place, new Names(world, words)).start())
  .catch(() => {
    place.dataset["live"] = "";
    found("match-notes").replaceChildren(element("p", "", words["failed"] ?? "", " ", link(`${base}hubs/`, words["lists"] ?? "")));
  });
