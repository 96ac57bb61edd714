import type { LabelColours } from "@/shared/labelColours";
import "@/shared/swatch.css";

interface Props {
  readonly label: string;
  readonly colours: LabelColours;
}

/** A label with its colour. */
export function Swatch({ label, colours }: Props): React.ReactNode {
  return (
    <span className="swatch">
      <i style={{ background: colours.get(label) }} />
      {label}
    </span>
  );
}
