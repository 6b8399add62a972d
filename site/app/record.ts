// On a record's page: whether a hub is open now, the code of its address on paper, the map of a design or a request, the form of a contract.
import { fillWhenAsked } from "./contracts/asked";
import { showOpen } from "./open";
import { drawOnPaper } from "./paper";
import { plotWhenOpened } from "./plot-opened";

const hours = document.querySelector<HTMLElement>("#hours[data-week]");
if (hours !== null) showOpen(hours);

const printed = document.querySelector<HTMLElement>(".karakana-printed");
if (printed !== null) drawOnPaper(printed);

const plot = document.querySelector<HTMLDetailsElement>("details[data-plot]");
if (plot !== null) plotWhenOpened(plot);

const contract = document.querySelector<HTMLElement>("#fill[data-contract]");
if (contract !== null) fillWhenAsked(contract);
