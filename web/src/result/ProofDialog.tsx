import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import type { Appearance } from "@/api/analysis.gen";
import { ProofPicture } from "@/result/ProofPicture";
import { certainty, clock } from "@/shared/format";
import type { LabelColours } from "@/shared/labelColours";
import { strings } from "@/strings";

const text = strings.proof;

interface Props {
  readonly appearance: Appearance;
  readonly url: string;
  readonly colours: LabelColours;
  /** Plays the video from a moment on. */
  readonly onSeek: (seconds: number) => void;
  readonly onClose: () => void;
}

/** The whole picture that proves an appearance: which it is, and the box in it or not. */
export function ProofDialog({ appearance, url, colours, onSeek, onClose }: Props): React.ReactNode {
  const [withBox, setWithBox] = useState(true);
  const { label, peak_confidence: confidence, proof_frame: proof } = appearance;
  const at = proof.seconds ?? 0;
  const title = strings.table.proofOf(label, clock(at));
  return (
    <Modal
      visible
      size="large"
      onDismiss={onClose}
      closeAriaLabel={strings.common.close}
      header={title}
      footer={
        <SpaceBetween size="xs" direction="horizontal" alignItems="center">
          <Button
            variant="primary"
            onClick={() => {
              onClose();
              onSeek(at);
            }}
          >
            {text.goThere}
          </Button>
          <Button href={url} target="_blank" iconName="external" iconAlign="right">
            {text.open}
          </Button>
          {proof.box && (
            <Toggle checked={withBox} onChange={({ detail }) => setWithBox(detail.checked)}>
              {text.showBox}
            </Toggle>
          )}
        </SpaceBetween>
      }
    >
      <SpaceBetween size="s">
        <ProofPicture appearance={appearance} url={url} alt={title} colours={colours} withBox={withBox} />
        <Box color="text-body-secondary">{text.facts(proof.index, clock(at), certainty(confidence))}</Box>
      </SpaceBetween>
    </Modal>
  );
}
