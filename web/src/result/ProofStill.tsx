import type { Appearance } from "@/api/analysis.gen";
import { ProofPicture } from "@/result/ProofPicture";
import { clock } from "@/shared/format";
import type { LabelColours } from "@/shared/labelColours";
import { strings } from "@/strings";
import "@/result/proof.css";

interface Props {
  readonly appearance: Appearance;
  readonly url: string | undefined;
  readonly colours: LabelColours;
  readonly onOpen: () => void;
}

/** The proof of an appearance, small; pressed, it opens. */
export function ProofStill({ appearance, url, colours, onOpen }: Props): React.ReactNode {
  if (!url) return <div className="proof-still" />;
  const name = strings.proof.enlarge(appearance.label, clock(appearance.proof_frame.seconds ?? 0));
  return (
    <button type="button" className="proof-still" aria-label={name} onClick={onOpen}>
      <ProofPicture appearance={appearance} url={url} alt="" colours={colours} withBox />
    </button>
  );
}
