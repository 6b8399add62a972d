// What a phone's first screen has of the filters: near me, and the way to the processes.
import { button, found } from "./elements";
import type { Near } from "./near";
import type { Words } from "./words";

/** Fill the row of buttons, which is there as long as the filters do not stand beside the list. */
export function showQuick(near: Near, words: Words, openProcesses: () => void, wide: MediaQueryList): void {
  const process = button("", openProcesses, words["facet.process"] ?? "");
  process.setAttribute("aria-haspopup", "dialog");
  const row = found("explore-quick");
  row.append(near.quick, process, near.said);
  const fit = (): void => void (row.hidden = wide.matches);
  wide.addEventListener("change", fit);
  fit();
}
