/** A count with its noun: `1 job`, `2,000 jobs`. */
export function many(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : several}`;
}
