// How many hubs each country has in; on the map these numbers, and the hubs themselves once somebody looks closer, out.
import { boundsOf, Clusters, type Places } from "./clusters";
import { load, type Columns, type Country } from "./data";
import { openWorld } from "./loading";
import { popup, popupWords } from "./popup";
import type { World } from "./world";

const CLOSE = 5.5; // from this zoom on, countries in view show their hubs

export class CountryMap {
  /** How many hubs the numbers stand for. */
  readonly count: number;
  private readonly numbers: Clusters;
  private readonly clusters: Clusters;
  private readonly left: Set<number>;
  private readonly shown: number[] = [];
  private opened: Promise<World> | undefined;

  /** `middles` says where the number of each country stands. */
  constructor(private readonly map: L.Map, private readonly root: string, private readonly countries: readonly Country[], private readonly middles: Places) {
    const place = map.getContainer();
    const { cluster = "" } = place.dataset;
    this.left = new Set(countries.keys());
    this.numbers = new Clusters(map, cluster, ([country = 0]) => void this.open(country, true));
    this.clusters = new Clusters(map, cluster, (hubs, all, at) => void this.world().then((world) => popup(world, hubs, all, popupWords(place), at).openOn(map)));
    this.count = this.numbers.show(middles, this.left);
    map.on("moveend", () => this.look());
  }

  private world(): Promise<World> {
    this.opened ??= openWorld(this.root, document.documentElement.lang);
    return this.opened;
  }

  /** Show the hubs of countries that are seen from near. */
  private look(): void {
    if (this.map.getZoom() < CLOSE) return;
    const bounds = this.map.getBounds();
    for (const country of this.left) {
      const [y = NaN, x = NaN] = [this.middles.y[country], this.middles.x[country]];
      if (!Number.isNaN(y) && bounds.contains([y, x])) void this.open(country, false);
    }
  }

  /** Put a country's hubs in the place of its number, which stays when they can't be fetched. */
  private async open(country: number, isAsked: boolean): Promise<void> {
    const code = this.countries[country]?.[0] ?? "";
    try {
      const [world, columns] = await Promise.all([this.world(), load<Columns>(`${this.root}data/hubs/${code}.json`)]);
      if (!this.left.delete(country)) return;
      const hubs = world.add(code, columns);
      this.shown.push(...hubs);
      this.numbers.show(this.middles, this.left);
      this.clusters.show(world, this.shown);
      const bounds = boundsOf(world, hubs);
      if (isAsked && bounds !== undefined) this.map.fitBounds(bounds, { padding: [24, 24], maxZoom: 12 });
    } catch {
      this.opened = undefined;
    }
  }
}
