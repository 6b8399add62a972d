// An Open Know-How manifest in; what has to be done for it out. Fetched when somebody opens a file (matching/file.ts).
export { read } from "./okh/manifest";
