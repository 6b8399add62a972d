// On every page: the search box, and the list of results on the page that is theirs.
import "./offline";
import "./record";
import "./shell";
import { SearchBox } from "./box";
import { showResults } from "./results";
import { wordsFrom } from "./words";

const form = document.querySelector<HTMLFormElement>("form.karakana-search");
if (form !== null) {
  new SearchBox(form);
  const place = document.getElementById("karakana-results");
  const input = form.querySelector("input");
  if (place !== null && input !== null) {
    const { base = ".", root = base } = form.dataset;
    void showResults(place, base, `${root}/`, wordsFrom(form), input);
  }
}
