// A shelf of records in; the field that finds one of them, and asks for a country first where there are too many, out.
import { element } from "../elements";
import { countryOptions } from "../forms/countries";
import type { Field } from "../forms/field";
import { PickerField, type Choice } from "../forms/picker";
import type { Words } from "../words";
import type { Json, Mapping } from "../yaml";
import { oneOf } from "./controls";

/** What there is to choose from, and what a choice says of the parts. */
export interface Shelf {
  /** The part that is the id of a record. */
  readonly part: string;
  /** Return the countries of which one has to be chosen first; none where all choices are there. */
  countries(): readonly string[];
  /** Fetch what there is to choose from in a country. */
  open(country: string): Promise<void>;
  choices(country: string): readonly Choice[];
  parts(id: string): Promise<Mapping | undefined>;
}

export class ShelfField {
  readonly place = element("div", "contract-parts");
  private readonly picker: PickerField;
  private where: Field | undefined;

  constructor(private readonly words: Words, private readonly shelf: Shelf) {
    const about = { label: words[`part.${shelf.part}`] ?? "", hint: words["known_hint"] ?? "" };
    this.picker = new PickerField(about, words, { choices: () => shelf.choices(this.country), isSingle: true });
    this.place.append(this.picker.place);
    this.renew();
  }

  get control(): HTMLElement {
    return this.picker.control;
  }

  read(): Json | undefined {
    return this.picker.read();
  }

  write(id: Json | undefined): void {
    this.picker.write(id);
    this.follow();
  }

  /** Show names where ids stood: what can be chosen has arrived. */
  renew(): void {
    const countries = this.shelf.countries();
    if (countries.length > 0 && this.where === undefined) this.askWhere(countries);
    this.picker.renew();
  }

  private get country(): string {
    return String(this.where?.read() ?? "");
  }

  private askWhere(countries: readonly string[]): void {
    const where = oneOf({ label: this.words["part.where"] ?? "", hint: "" }, this.words, countryOptions(countries));
    this.where = where;
    where.control.addEventListener("input", (event) => event.stopPropagation()); // where somebody looks is no answer
    where.control.addEventListener("change", (event) => {
      event.stopPropagation();
      void this.fetch();
    });
    this.place.prepend(where.place);
    this.follow();
  }

  /** Look in the country of what is chosen. */
  private follow(): void {
    const id = this.picker.read();
    if (this.where !== undefined && typeof id === "string") this.where.write(id.slice(0, 2));
    void this.fetch();
  }

  /** Fetch the choices of the country; before one is chosen there are none. */
  private async fetch(): Promise<void> {
    const { country, where } = this;
    this.picker.place.hidden = where !== undefined && country === "";
    if (where === undefined || country === "") return;
    where.say("");
    await this.shelf.open(country).catch(() => where.say(this.words["no_connection"] ?? ""));
    this.picker.renew();
  }
}
