import type { CSSProperties } from "react";
import type { Appearance } from "@/api/analysis.gen";
import type { LabelColours } from "@/shared/labelColours";
import "@/result/proofStill.css";

interface Props {
  readonly appearance: Appearance;
  readonly url: string | undefined;
  readonly alt: string;
  readonly colours: LabelColours;
}

/** The picture that proves an appearance, with the box that was found in it. */
export function ProofStill({ appearance, url, alt, colours }: Props): React.ReactNode {
  if (!url) return <div className="proof" />;
  const { box } = appearance.proof_frame;
  const place: CSSProperties | undefined = box
    ? {
        left: `${box.left * 100}%`,
        top: `${box.top * 100}%`,
        width: `${box.width * 100}%`,
        height: `${box.height * 100}%`,
        borderColor: colours.get(appearance.label),
      }
    : undefined;
  return (
    <div className="proof">
      <img src={url} alt={alt} loading="lazy" />
      {place && <i style={place} />}
    </div>
  );
}
