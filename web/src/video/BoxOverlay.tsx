import { useEffect, useRef } from "react";
import type { LabelColours } from "@/shared/labelColours";
import { drawBoxes } from "@/video/drawBoxes";
import { type PlayedTrack, shownAt } from "@/video/playback";
import type { Player } from "@/video/usePlayer";

interface Props {
  readonly player: Player;
  readonly tracks: readonly PlayedTrack[];
  readonly colours: LabelColours;
}

/** The boxes over the playing picture, drawn anew for every picture that is shown. */
export function BoxOverlay({ player: { onFrame }, tracks, colours }: Props): React.ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let last = 0;
    const draw = (seconds: number): void => {
      last = seconds;
      drawBoxes(element, shownAt(tracks, seconds), colours);
    };
    const end = onFrame(draw);
    const resized = new ResizeObserver(() => draw(last));
    resized.observe(element);
    return () => {
      end();
      resized.disconnect();
    };
  }, [onFrame, tracks, colours]);
  // The same is told in words below the picture.
  return <canvas ref={canvas} className="player-overlay" aria-hidden />;
}
