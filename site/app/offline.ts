// On every page: the worker that keeps what was visited, and a quiet word when a newer build is there.
// On a country's page a button besides, which keeps the whole country.
import { element } from "./elements";
import { UPDATED } from "./offline-scope";

/** The site's root, as seen from this script: `assets/app/site.js`. */
const ROOT = new URL("../../", import.meta.url);

if (mayRegister()) {
  if (document.readyState === "complete") void register();
  else addEventListener("load", () => void register());
}

// A country's page loads what its button needs; other pages are spared that.
if (document.querySelector("[data-keep]") !== null && "caches" in window && "serviceWorker" in navigator) {
  void import(new URL("offline.js", import.meta.url).href);
}

/** Not in somebody else's frame, not without the protection of https, and not for those who save data. */
function mayRegister(): boolean {
  const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
  return isSecureContext && "serviceWorker" in navigator && window.top === window && connection?.saveData !== true;
}

async function register(): Promise<void> {
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data === UPDATED) tell();
  });
  try {
    await navigator.serviceWorker.register(new URL("worker.js", ROOT), { scope: ROOT.href });
  } catch {
    return; // a private window, or a browser that is told not to: the site works without
  }
}

function tell(): void {
  const { updated, reload } = document.body.dataset;
  if (updated === undefined || reload === undefined || document.querySelector(".karakana-updated") !== null) return;
  const button = element("button", "karakana-button", reload);
  button.type = "button";
  button.addEventListener("click", () => location.reload());
  const note = element("div", "karakana-updated");
  note.setAttribute("role", "status");
  document.body.append(note);
  note.append(element("span", "", updated), " ", button);
}
