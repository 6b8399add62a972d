// The map alone, as other sites show it in a frame: the same filters in its address as on Explore.
import { Answers, countriesFirst } from "./answers";
import { countOf, moreOf } from "./beside";
import { found } from "./elements";
import { HubMap } from "./explore-map";
import { foliumMap } from "./folium";
import { ground } from "./ground";
import { fill, fillDetails, loadAliases, openWorld } from "./loading";
import { popupWords } from "./popup";
import { readState, writeState } from "./state";
import { wordsFrom } from "./words";

const place = found("karakana-embed");
const words = wordsFrom(place);
const { root = "", base = "" } = place.dataset;
const state = readState(location.search);

async function start(): Promise<void> {
  const more = found<HTMLAnchorElement>("embed-open");
  more.href = `${base}explore/${writeState(state)}`;
  const [map, world] = await Promise.all([foliumMap(root, "embed"), openWorld(root, document.documentElement.lang, "everybody")]);
  void ground(map).catch(() => undefined);
  const answers = new Answers(world);
  let hasMoved = false;
  const hubs = new HubMap(map, world, popupWords(map.getContainer(), "_blank", words["origin"]), () => (hasMoved = true));
  const show = (): void => {
    answers.renew();
    const answer = answers.to(state);
    hubs.show(answer, state, answers.point(state), !hasMoved);
    found("embed-count").textContent = `${countOf(world, words, answer.hubs)} ${moreOf(world, words, answer.hubs)}`.trim();
  };
  if (state.words !== "") await loadAliases(world, root);
  await fill(world, root, countriesFirst(state), show);
  if (state.words !== "" || state.size.length > 0) await fillDetails(world, root, world.tables.countries, show);
}

start().catch(() => found("map_embed").append(words["map.failed"] ?? ""));
