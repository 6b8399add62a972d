// The section of a template's page on filling it in; a button in it that fetches the form, which costs nothing until then.
import { button } from "../elements";

export function fillWhenAsked(section: HTMLElement): void {
  const { root = "" } = section.dataset;
  const open = button("karakana-button", () => {
    open.disabled = true;
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = `${root}assets/app/contract.css`;
    const script = document.createElement("script");
    script.type = "module";
    script.src = `${root}assets/app/contract.js`;
    document.head.append(style, script);
  }, section.dataset["open"] ?? "");
  open.id = "fill-open";
  section.querySelector("h2")?.after(open);
}
