// Whether hubs can make the design of a contract. Fetched when a contract names both (contracts/makers.ts).
export { Doubting } from "./contracts/doubting";
