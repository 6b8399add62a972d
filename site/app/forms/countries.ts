// Countries: their names in the page's language.

export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames(document.documentElement.lang, { type: "region" }).of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}

/** Return countries as the options of a field, in the order of their names. */
export function countryOptions(codes: readonly string[]): (readonly [code: string, name: string])[] {
  const named = codes.map((code) => [code, countryName(code)] as const);
  const { compare } = new Intl.Collator(document.documentElement.lang);
  return named.sort(([, one], [, other]) => compare(one, other));
}
