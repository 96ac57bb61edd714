import type { CSSProperties } from "react";
import type { Appearance } from "@/api/analysis.gen";
import { boxPlace } from "@/shared/boxPlace";
import type { LabelColours } from "@/shared/labelColours";
import "@/result/proof.css";

interface Props {
  readonly appearance: Appearance;
  readonly url: string;
  readonly alt: string;
  readonly colours: LabelColours;
  readonly withBox: boolean;
}

/** The picture that proves an appearance, with the box that was found in it. */
export function ProofPicture({ appearance, url, alt, colours, withBox }: Props): React.ReactNode {
  const { box } = appearance.proof_frame;
  const place: CSSProperties | null = box && {
    ...boxPlace(box),
    borderColor: colours.get(appearance.label),
  };
  return (
    <span className="proof">
      <img src={url} alt={alt} loading="lazy" />
      {place && withBox && <i style={place} />}
    </span>
  );
}
