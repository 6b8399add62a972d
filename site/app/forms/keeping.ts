// What the form loaded; kept by the service worker, so that the page opens without a network once it was visited.
//
// The worker of a first visit comes after the page's own files: it is asked for them again when it has taken over.
const OWN = /\/(?:assets\/(?:app\/form\.|map\/)|assets\/leaflet\/|data\/(?!records\/))/;

export async function keepParts(): Promise<void> {
  if (!("serviceWorker" in navigator) || navigator.serviceWorker.controller !== null) return;
  const taken = new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  await taken;
  const seen = [...performance.getEntriesByType("resource").map(({ name }) => name), ...[...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")].map(({ href }) => href)];
  const wanted = [...new Set(seen)].filter((address) => address.startsWith(location.origin) && OWN.test(address));
  await Promise.all(wanted.map((address) => fetch(address).catch(() => undefined)));
}
