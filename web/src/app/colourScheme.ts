import { applyMode, Mode } from "@cloudscape-design/global-styles";

/** Keeps the page light or dark as the reader's system is. */
export function followColourScheme(): void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = (): void => applyMode(dark.matches ? Mode.Dark : Mode.Light);
  dark.addEventListener("change", apply);
  apply();
}
