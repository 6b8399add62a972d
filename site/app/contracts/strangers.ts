// Values that a template does not ask for in; what tells them, and a way to leave them out, out.
import { button } from "../elements";
import { changed, framed, type Field } from "../forms/field";
import type { Words } from "../words";
import type { Mapping } from "../yaml";

export class Strangers implements Field {
  readonly place: HTMLElement;
  readonly control: HTMLButtonElement;
  readonly say: (fault: string) => void;
  private values: Mapping = {};

  constructor(words: Words) {
    this.control = button("karakana-button", () => {
      this.write({});
      changed(this.place);
    }, words["leave_out"] ?? "");
    const { place, say } = framed({ label: words["strangers"] ?? "", hint: "", control: this.control, isGroup: true });
    this.place = place;
    this.say = say;
    this.write({});
  }

  read(): Mapping {
    return this.values;
  }

  write(values: Mapping): void {
    this.values = values;
    this.place.hidden = Object.keys(values).length === 0;
  }

  at(): Field {
    return this;
  }
}
