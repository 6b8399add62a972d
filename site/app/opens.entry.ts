// What Explore fetches when somebody wants to see what her passport opens.
import type { Opening } from "./opens";
import { Exploring } from "./passports/exploring";
import { wordsOfPassports } from "./passports/wording";

/** Fill the group of filters. Rejects when the words or styles did not arrive. */
export async function start(given: Opening): Promise<void> {
  const [words] = await Promise.all([wordsOfPassports(given.root), styled(given.root)]);
  new Exploring(given, words).show();
}

function styled(root: string): Promise<void> {
  const made = document.createElement("link");
  made.rel = "stylesheet";
  made.href = `${root}assets/app/opens.css`;
  return new Promise((resolve, reject) => {
    made.addEventListener("load", () => resolve());
    made.addEventListener("error", () => reject(new Error(made.href)));
    document.head.append(made);
  });
}
