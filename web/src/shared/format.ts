/** Figures as people read them; the rounding is that of `docs/exposure.md`. */

/** `75.5` as `1:15.5`, `3600` as `1:00:00`: exact to a tenth, which is left out where it is none. */
export function clock(seconds: number): string {
  const tenths = Math.round(Math.max(seconds, 0) * 10);
  const whole = Math.floor(tenths / 10);
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  const fraction = tenths % 10 ? `.${tenths % 10}` : "";
  return (hours ? `${hours}:${two(minutes)}` : `${minutes}`) + `:${two(whole % 60)}${fraction}`;
}

/** `8.25` as `8.3 s`, `95` as `1 min 35 s`. */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}

/** A fraction in percent with one decimal; one too small for it as `<0.1%`. */
export function percent(fraction: number): string {
  if (fraction > 0 && fraction < 0.0005) return "<0.1%";
  return `${(fraction * 100).toFixed(1)}%`;
}

/** A confidence in whole percent rounded down, so that 99.97 is never shown as certain. */
export function certainty(confidence: number): string {
  return `${Math.floor(confidence)}%`;
}

const DOLLARS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/** An amount in US dollars; one below a cent is told as such. */
export function usd(amount: number): string {
  return amount > 0 && amount < 0.01 ? "<$0.01" : DOLLARS.format(amount);
}

/** A size in bytes, in decimal units. */
export function bytes(size: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = size < 1000 ? 0 : Math.min(Math.floor(Math.log10(size) / 3), units.length - 1);
  return `${(size / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ""}`;
}

const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** A moment in the reader's own time zone. */
export function moment(iso: string): string {
  return MOMENT.format(new Date(iso));
}
