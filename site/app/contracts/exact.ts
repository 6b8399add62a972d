// A number as text in; an exact one to add and compare out. As Python's Decimal.

export interface Exact {
  readonly units: bigint;
  readonly places: number;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:e([-+]\d+))?$/;

/** Return the exact value of a number that JavaScript or a contract has written. */
export function exact(text: string): Exact {
  const [, sign = "", whole = "0", part = "", power = "0"] = NUMBER.exec(text) ?? [];
  const places = part.length - Number(power);
  const units = BigInt(`${sign}${whole}${part}`);
  return places >= 0 ? { units, places } : { units: units * 10n ** BigInt(-places), places: 0 };
}

export function sum(all: readonly Exact[]): Exact {
  const places = Math.max(0, ...all.map((one) => one.places));
  return { units: all.reduce((total, one) => total + scaled(one, places), 0n), places };
}

export function minus(one: Exact, other: Exact): Exact {
  return sum([one, { ...other, units: -other.units }]);
}

/** Return a number below, at or above 0. */
export function compare(one: Exact, other: Exact): number {
  const { units } = minus(one, other);
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

/** Return digits with a point, and never an exponent. */
export function digits({ units, places }: Exact): string {
  const text = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const [whole, part] = [text.slice(0, text.length - places), text.slice(text.length - places)];
  return `${units < 0n ? "-" : ""}${whole}${part === "" ? "" : `.${part}`}`;
}

function scaled({ units, places }: Exact, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - places);
}
