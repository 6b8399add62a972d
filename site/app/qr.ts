// A text in; the dark squares of its QR code out: bytes, error correction M, versions 1 to 10 (ISO/IEC 18004).

/** Rows of squares, `true` for dark. */
export type Squares = boolean[][];

// By version from 1: all codewords, those for correction in each block, the number of blocks (tables 1 and 9, level M).
const CODEWORDS = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346];
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5];
const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0, (_, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0, (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Return the code of a text, or nothing when it is longer than 213 bytes. */
export function qr(text: string): Squares | undefined {
  const bytes = new TextEncoder().encode(text);
  const version = CODEWORDS.findIndex((_, at) => bytes.length + (at < 9 ? 2 : 3) <= capacity(at + 1)) + 1;
  if (version === 0) return undefined;
  const bits = interleaved(filled(bytes, version), version).flatMap((byte) => bitsOf(byte, 8));
  const codes = MASKS.map((_, mask) => drawn(bits, version, mask));
  const scores = codes.map(penalty);
  return codes[scores.indexOf(Math.min(...scores))];
}

function capacity(version: number): number {
  return (CODEWORDS[version - 1] ?? 0) - (CORRECTION[version - 1] ?? 0) * (BLOCKS[version - 1] ?? 0);
}

function bitsOf(value: number, length: number): boolean[] {
  return Array.from({ length }, (_, at) => ((value >> (length - 1 - at)) & 1) === 1);
}

/** Return the data codewords: mode, length, bytes, end, and what fills the rest. */
function filled(bytes: Uint8Array, version: number): number[] {
  const bits = [...bitsOf(4, 4), ...bitsOf(bytes.length, version < 10 ? 8 : 16), ...[...bytes].flatMap((byte) => bitsOf(byte, 8))];
  const room = capacity(version) * 8;
  bits.push(...bitsOf(0, Math.min(4, room - bits.length)));
  bits.push(...bitsOf(0, -bits.length & 7));
  const words = Array.from({ length: bits.length / 8 }, (_, at) => bits.slice(at * 8, at * 8 + 8).reduce((sum, bit) => sum * 2 + Number(bit), 0));
  for (let pad = 0xec; words.length < room / 8; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/** Return data and correction of all blocks, one codeword of each in turn. */
function interleaved(words: number[], version: number): number[] {
  const count = BLOCKS[version - 1] ?? 1;
  const length = CORRECTION[version - 1] ?? 0;
  const short = Math.floor(words.length / count);
  const longer = words.length % count;
  const blocks: number[][] = [];
  for (let block = 0, at = 0; block < count; block++) {
    const size = short + (block < count - longer ? 0 : 1);
    blocks.push(words.slice(at, at + size));
    at += size;
  }
  return [...inTurn(blocks), ...inTurn(blocks.map((block) => correction(block, length)))];
}

function inTurn(blocks: number[][]): number[] {
  const longest = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: longest }, (_, at) => blocks.flatMap((block) => block.slice(at, at + 1))).flat();
}

/** Return Reed-Solomon's remainder over GF(256) with the polynomial 0x11d. */
function correction(data: number[], length: number): number[] {
  let divisor = [1];
  for (let root = 1, at = 0; at < length; at++, root = times(root, 2)) {
    divisor = [...divisor, 0].map((factor, i) => factor ^ times(divisor[i - 1] ?? 0, root));
  }
  const rest = Array<number>(length).fill(0);
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    for (let i = 0; i < length; i++) rest[i] = (rest[i] ?? 0) ^ times(divisor[i + 1] ?? 0, factor);
  }
  return rest;
}

function times(x: number, y: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((y >> bit) & 1) * x);
  return product;
}

/** Return the code with one mask: patterns, format, version and data. */
function drawn(bits: boolean[], version: number, mask: number): Squares {
  const size = version * 4 + 17;
  const dark: Squares = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const taken: Squares = dark.map((row) => [...row]);
  const put = (x: number, y: number, value: boolean): void => {
    const row = dark[y];
    const kept = taken[y];
    if (row === undefined || kept === undefined || x < 0 || x >= size) return;
    row[x] = value;
    kept[x] = true;
  };
  patterns(put, version, size);
  marks(put, version, size, mask);
  let next = 0;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    const isUpward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size * 2; step++) {
      const x = right - (step % 2);
      const y = isUpward ? size - 1 - (step >> 1) : step >> 1;
      const row = dark[y];
      if (row === undefined || taken[y]?.[x] === true) continue;
      row[x] = (bits[next++] ?? false) !== (MASKS[mask]?.(x, y) ?? false);
    }
  }
  return dark;
}

type Put = (x: number, y: number, value: boolean) => void;

/** Draw timing, the three corners and the alignment squares. */
function patterns(put: Put, version: number, size: number): void {
  for (let at = 0; at < size; at++) {
    put(at, 6, at % 2 === 0);
    put(6, at, at % 2 === 0);
  }
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]] as const) {
    square(4, (x, y, ring) => put(cx + x, cy + y, ring !== 2 && ring !== 4));
  }
  const places = version === 1 ? [] : version < 7 ? [6, size - 7] : [6, (size - 1) / 2, size - 7];
  const last = places.length - 1;
  places.forEach((cx, i) => places.forEach((cy, j) => {
    const isCorner = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
    if (!isCorner) square(2, (x, y, ring) => put(cx + x, cy + y, ring !== 1));
  }));
}

function square(reach: number, each: (x: number, y: number, ring: number) => void): void {
  for (let y = -reach; y <= reach; y++) for (let x = -reach; x <= reach; x++) each(x, y, Math.max(Math.abs(x), Math.abs(y)));
}

/** Draw the format (level M and mask) twice, and from version 7 on the version twice. */
function marks(put: Put, version: number, size: number, mask: number): void {
  const format = checked(mask, 10, 0x537) ^ 0x5412;
  for (let at = 0; at < 15; at++) {
    const bit = ((format >> at) & 1) === 1;
    const along = at < 6 ? at : at < 8 ? at + 1 : size - 15 + at;
    put(8, along, bit);
    put(at < 8 ? size - 1 - at : at === 8 ? 7 : 14 - at, 8, bit);
  }
  put(8, size - 8, true);
  if (version < 7) return;
  const bits = checked(version, 12, 0x1f25);
  for (let at = 0; at < 18; at++) {
    const bit = ((bits >> at) & 1) === 1;
    put(size - 11 + (at % 3), Math.floor(at / 3), bit);
    put(Math.floor(at / 3), size - 11 + (at % 3), bit);
  }
}

/** Return a value followed by its BCH remainder. */
function checked(value: number, length: number, divisor: number): number {
  let rest = value;
  for (let at = 0; at < length; at++) rest = (rest << 1) ^ ((rest >> (length - 1)) * divisor);
  return (value << length) | rest;
}

/** Return how hard a code is to read: runs, blocks, what looks like a corner, and too much of one colour. */
function penalty(dark: Squares): number {
  const columns = dark.map((_, x) => dark.map((row) => row[x] ?? false));
  let sum = [...dark, ...columns].reduce((total, line) => total + ofLine(line), 0);
  for (let y = 1; y < dark.length; y++) {
    for (let x = 1; x < dark.length; x++) {
      const found = [dark[y]?.[x], dark[y]?.[x - 1], dark[y - 1]?.[x], dark[y - 1]?.[x - 1]];
      if (found.every((one) => one === found[0])) sum += 3;
    }
  }
  const share = (dark.flat().filter(Boolean).length * 100) / dark.length ** 2;
  return sum + Math.floor(Math.abs(share - 50) / 5) * 10;
}

function ofLine(line: boolean[]): number {
  const text = line.map((one) => (one ? "1" : "0")).join("");
  const runs = text.match(/0{5,}|1{5,}/g) ?? [];
  const corners = [...text.matchAll(/(?=00001011101|10111010000)/g)].length;
  return runs.reduce((sum, run) => sum + run.length - 2, 0) + corners * 40;
}
