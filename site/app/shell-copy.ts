// A button on each block of code in a guide, which copies it.
import { element } from "./elements";

/** Add the buttons; the guide carries their words. */
export function offerCopies(guide: HTMLElement): void {
  if (navigator.clipboard === undefined) return;
  for (const code of guide.querySelectorAll<HTMLElement>("pre > code")) {
    const button = element("button", "karakana-copy", guide.dataset["copy"] ?? "");
    button.type = "button";
    button.addEventListener("click", () => {
      void navigator.clipboard.writeText(code.textContent ?? "").then(() => {
        button.textContent = guide.dataset["copied"] ?? "";
      });
    });
    code.parentElement?.append(button);
  }
}
