/** Seconds of a time that a person typed, such as `1:15.5`, `1:02:03` or `42`; null where it is none. */
export function parseClock(typed: string): number | null {
  const parts = typed.trim().split(":");
  const isTime =
    parts.length <= 3 &&
    parts.every((part, i) => /^\d+$/.test(part) || (i === parts.length - 1 && /^\d+\.\d+$/.test(part)));
  return isTime ? parts.reduce((total, part) => total * 60 + Number(part), 0) : null;
}
