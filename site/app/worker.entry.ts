// The service worker: what a page of one build asks for is answered from that build, with and without a network.
//
// Pages come from the network while it answers in time, else from what was kept. `version.txt` tells of which build the
// network's pages are. When it is this worker's, assets and data come from its cache; when it is a newer one, the
// page gets everything from the network until the newer worker has taken over. Open pages stay with their build.
import { Clients, UNKNOWN } from "./offline-clients";
import { Core } from "./offline-core";
import { Pages } from "./offline-pages";
import { Names, UPDATED, type Fetching, type WorkerScope } from "./offline-scope";

const PATIENCE = 3000;
// What caches on the way hold may be of another build than `version.txt`.
const NEWEST: RequestInit = { cache: "no-cache" };
const OF_A_BUILD = /^(assets\/|data\/(?!offline\/|insights\/).*\.json$)/;
const scope = self as unknown as WorkerScope;
const plan = scope.karakana;
const root = new URL(scope.registration.scope);
const names = new Names(root);
const core = new Core(plan, names, root);
const clients = new Clients(scope, names, root);
const pages = new Pages(names, core, plan.version);

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(activate()));
scope.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || !url.startsWith(root.href)) return;
  if (mode === "navigate") event.respondWith(page(event));
  else if (OF_A_BUILD.test(core.path(url))) event.respondWith(part(event));
});

async function install(): Promise<void> {
  const open = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const codes = await pages.countries();
  const kept = Object.keys(plan.files).filter((path) => codes.some((code) => path.endsWith(`/${code}.json`)));
  await core.fill(new Set([...open.map((client) => languageOf(core.path(client.url))), ...(await languagesBefore())]), kept);
  await scope.skipWaiting();
}

/** Return the languages whose pages an older build's core holds. */
async function languagesBefore(): Promise<string[]> {
  const older = (await caches.keys()).filter((name) => names.coreVersion(name) !== undefined);
  const held = await Promise.all(older.map(async (name) => (await (await caches.open(name)).keys()).map((one) => core.path(one.url))));
  return Object.keys(plan.languages).filter((one) => held.flat().includes(one));
}

/** The pages that are open before there is a worker are visited too. */
async function activate(): Promise<void> {
  await scope.clients.claim();
  for (const client of await scope.clients.matchAll({ type: "window" })) {
    const version = await clients.version(client.id);
    if (version === plan.version) await visited(core.path(client.url)).catch(() => undefined);
    else if (version !== UNKNOWN) client.postMessage(UPDATED);
  }
  await sweep();
}

async function visited(path: string): Promise<void> {
  if (plan.files[path] !== undefined || (await pages.find(path)) !== undefined) return;
  const answer = await fetch(core.address(path));
  if (isPage(answer)) await pages.visit(path, answer);
}

/** Delete what older builds left, as soon as no open page needs it. */
async function sweep(): Promise<void> {
  if (scope.registration.installing !== null || scope.registration.waiting !== null) return;
  const older = (await caches.keys()).filter((name) => (names.coreVersion(name) ?? plan.version) !== plan.version);
  if (older.length === 0) return;
  const living = await clients.living();
  for (const name of older) if (!living.has(names.coreVersion(name) ?? "")) await caches.delete(name);
}

async function page(event: Fetching): Promise<Response> {
  const path = core.path(event.request.url);
  const known = await pages.find(path);
  const asked = Promise.all([fetch(event.request, NEWEST), networkVersion()]);
  const [answer, version] = await (known === undefined ? asked : within(asked)).catch(async () => {
    return [known ?? (await pages.find(`${languageOf(path)}offline/`)) ?? Response.error(), plan.version] as const;
  });
  const isNew = version !== plan.version || answer === known;
  if (!isNew && isPage(answer) && plan.files[path] === undefined) event.waitUntil(pages.visit(path, answer.clone()));
  event.waitUntil(opened(event.resultingClientId || event.clientId, version, languageOf(path)).catch(() => undefined));
  return answer;
}

async function opened(client: string, version: string, language: string): Promise<void> {
  await clients.remember(client, version);
  await sweep();
  if (version === plan.version && !(await core.holds(language))) await core.fill([language]);
}

/** Answer a request for an asset or data from the build of the page that asks. */
async function part(event: Fetching): Promise<Response> {
  const version = await clients.version(event.clientId);
  if (!(await caches.has(names.core(version)))) return fetch(event.request, NEWEST);
  const path = core.path(event.request.url);
  const cache = await caches.open(names.core(version));
  const known = await cache.match(core.address(path));
  if (known !== undefined) return known;
  const answer = await fetch(event.request, NEWEST);
  if (version === plan.version && answer.ok) event.waitUntil(core.store(cache, path, answer.clone()));
  return answer;
}

/** Return the version of what the network serves now. */
async function networkVersion(): Promise<string> {
  try {
    const answer = await within(fetch(core.address("version.txt"), { cache: "no-store" }));
    return answer.ok ? (await answer.text()).trim() : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

function within<T>(work: Promise<T>): Promise<T> {
  return Promise.race([work, new Promise<never>((_, reject) => setTimeout(() => reject(new Error("too slow")), PATIENCE))]);
}

function isPage(answer: Response): boolean {
  return answer.ok && answer.type === "basic" && !answer.redirected && (answer.headers.get("content-type") ?? "").startsWith("text/html");
}

/** Return the path of a page's language: the longest that it begins with. */
function languageOf(path: string): string {
  return Object.keys(plan.languages).reduce((best, one) => (one.length > best.length && path.startsWith(one) ? one : best), "");
}
