// On a hub's page: whether it is open now, and the code of its address on paper.
import { showOpen } from "./open";
import { drawOnPaper } from "./paper";

const hours = document.querySelector<HTMLElement>("#hours[data-week]");
if (hours !== null) showOpen(hours);

const printed = document.querySelector<HTMLElement>(".karakana-printed");
if (printed !== null) drawOnPaper(printed);
