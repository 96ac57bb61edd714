/** The moment that a link points at, in the form of media fragments: `#t=75.5`. */
export function momentOf(hash: string): number | null {
  const found = /^#t=(\d+(?:\.\d+)?)$/.exec(hash);
  return found ? Number(found[1]) : null;
}

/** The address of this page at a moment, exact to a tenth of a second. */
export function linkToMoment(page: string, seconds: number): string {
  return `${page.split("#")[0] ?? page}#t=${Math.round(seconds * 10) / 10}`;
}
