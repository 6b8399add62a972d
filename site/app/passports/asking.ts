// A place on the page in; fields through which somebody gives a passport, and what was given, out: files, text, the camera.
import { hasFiles, hearDrops } from "../dropping";
import { button, element } from "../elements";
import { Camera, detector } from "./camera";
import { digitsOf } from "./packing";
import { ofFile, ofText, type Given } from "./sources";
import type { Telling } from "./telling";

export class Asking {
  readonly place = element("section", "verify-ask");
  private readonly text = element("textarea", "explore-field");
  private readonly files = element("input", "");
  private readonly seen = element("div", "verify-camera");
  private last: Promise<void> = Promise.resolve();
  private round = 0;

  /** `given` is called with all that somebody gave at once, in turn; `dictionary` fetches by what codes are unpacked. */
  constructor(
    private readonly telling: Telling, private readonly dictionary: () => Promise<Uint8Array>, private readonly given: (all: readonly Given[]) => void,
  ) {
    const title = element("h2", "", telling.say("give"));
    title.id = "verify-give";
    this.place.setAttribute("aria-labelledby", title.id);
    this.place.append(title, element("p", "", telling.say("private")), element("div", "verify-ways", this.fileWay(), this.cameraWay(), this.textWay()));
    this.hearDrops();
  }

  /** Take an address of a card, or a passport's text; tell whether there are bytes in it. */
  async takeText(text: string, name: string): Promise<boolean> {
    const reading = ofText(text.trim(), name, this.dictionary);
    await this.inTurn(reading.then((one) => [one]));
    return "bytes" in (await reading);
  }

  /** Take nothing more of what is still being read. */
  forget(): void {
    this.round += 1;
  }

  private async takeFiles(files: readonly File[]): Promise<void> {
    if (files.length > 0) await this.inTurn(Promise.all(files.map((file) => ofFile(file, this.dictionary))));
  }

  /** Hand on what is being read behind what was given before it. */
  private inTurn(reading: Promise<readonly Given[]>): Promise<void> {
    const { round } = this;
    const handed = Promise.all([reading, this.last]).then(([all]) => {
      if (round === this.round) this.given(all);
    });
    this.last = handed;
    return handed;
  }

  private fileWay(): HTMLElement {
    const { files, telling } = this;
    files.type = "file";
    files.multiple = true;
    files.accept = ".json,application/json,application/ld+json,image/png,image/jpeg,image/webp";
    files.addEventListener("change", () => {
      void this.takeFiles([...(files.files ?? [])]).then(() => (files.value = "")); // so that the same file can be opened again
    });
    return element("div", "verify-way verify-drop", labelled("verify-file", telling.say("file"), files), element("p", "verify-note", telling.say("file_note")));
  }

  private textWay(): HTMLElement {
    const { text, telling } = this;
    text.rows = 4;
    text.spellcheck = false;
    text.autocomplete = "off";
    text.dir = "ltr";
    const check = (): void => {
      if (text.value.trim() === "") return text.focus();
      const { value } = text;
      void this.takeText(value, telling.say("pasted")).then(() => {
        if (text.value === value) text.value = ""; // else something else is being written
      });
    };
    return element("div", "verify-way", labelled("verify-text", telling.say("paste"), text), button("karakana-button", check, telling.say("check")));
  }

  private cameraWay(): HTMLElement {
    const way = element("div", "verify-way");
    const { telling } = this;
    void detector().then((reader) => {
      const hasCamera = typeof navigator.mediaDevices?.getUserMedia === "function";
      if (reader === undefined || !hasCamera) return way.append(element("p", "verify-note", telling.say("scan_without")));
      const video = element("video", "");
      video.muted = true;
      video.playsInline = true;
      const camera = new Camera(reader, video);
      const start = button("karakana-button", () => void this.scan(camera, video, start), telling.say("scan"));
      return way.append(start, element("p", "verify-note", telling.say("scan_note")), this.seen);
    });
    return way;
  }

  /** Show the camera's picture until a card is read; what is no card is told, and looked past. */
  private async scan(camera: Camera, video: HTMLVideoElement, start: HTMLButtonElement): Promise<void> {
    const { telling, seen } = this;
    const hint = element("p", "", telling.say("scan_looking"));
    hint.setAttribute("role", "status");
    const stop = button("karakana-button", () => camera.stop(), telling.say("scan_stop"));
    start.hidden = true;
    seen.replaceChildren(video, hint, stop);
    stop.focus();
    let read = "";
    try {
      await camera.start((text) => {
        if (digitsOf(text) === "no-code") hint.textContent = telling.code("no-code");
        else read = text;
        return read !== "";
      });
      seen.replaceChildren();
    } catch {
      camera.stop();
      seen.replaceChildren(element("p", "verify-fault", telling.say("scan_refused")));
    }
    start.hidden = false;
    if (read === "") start.focus();
    else await this.takeText(read, telling.say("scanned"));
  }

  /** A file may be dropped anywhere: a browser would leave the page for it. */
  private hearDrops(): void {
    const take = (dropped: DataTransfer): void => {
      const text = dropped.getData("text/plain");
      if (dropped.files.length > 0) void this.takeFiles([...dropped.files]);
      else if (text !== "") void this.takeText(text, this.telling.say("pasted"));
    };
    hearDrops(this.files.parentElement?.parentElement ?? this.place, take, (event) => event.target === this.text && !hasFiles(event));
  }
}

/** Return a field below its label. */
export function labelled(id: string, text: string, field: HTMLElement): HTMLElement {
  const label = element("label", "", text);
  label.htmlFor = field.id = id;
  return element("div", "verify-field", label, field);
}
