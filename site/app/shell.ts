// What every page's frame does beyond its HTML: colours, menus, buttons that copy code.
import { offerCopies } from "./shell-copy";
import { closeMenus, keepAsking, markHere } from "./shell-menu";
import { switchScheme } from "./shell-scheme";

const header = document.querySelector<HTMLElement>(".karakana-top");
if (header !== null) {
  closeMenus(header);
  markHere(header);
  keepAsking(header);
}
const button = document.querySelector<HTMLButtonElement>(".karakana-scheme");
if (button !== null) switchScheme(button);
const guide = document.querySelector<HTMLElement>("[data-copy]");
if (guide !== null) offerCopies(guide);
