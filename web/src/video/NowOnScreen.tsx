import Box from "@cloudscape-design/components/box";
import type { LabelColours } from "@/shared/labelColours";
import { Swatch } from "@/shared/Swatch";
import { strings } from "@/strings";
import { type PlayedTrack, shownAt } from "@/video/playback";
import { usePlayedSeconds } from "@/video/usePlayedSeconds";
import type { Player } from "@/video/usePlayer";

interface Props {
  readonly tracks: readonly PlayedTrack[];
  readonly player: Player;
  readonly colours: LabelColours;
}

/** The brands on screen at this moment, in words: what the boxes show. */
export function NowOnScreen({ tracks, player, colours }: Props): React.ReactNode {
  const at = usePlayedSeconds(player);
  const labels = [...new Set(shownAt(tracks, at).map(({ label }) => label))].sort();
  return (
    <Box padding={{ top: "xs" }}>
      <Box variant="span" color="text-body-secondary">
        {strings.video.onScreenNow}:{" "}
      </Box>
      {labels.length === 0
        ? strings.video.nobody
        : labels.map((label) => (
            <Box key={label} variant="span" margin={{ right: "s" }}>
              <Swatch label={label} colours={colours} />
            </Box>
          ))}
    </Box>
  );
}
