import Alert from "@cloudscape-design/components/alert";
import { useRef, useState } from "react";
import type { Media } from "@/api/analysis.gen";
import type { LabelColours } from "@/shared/labelColours";
import { strings } from "@/strings";
import { BoxOverlay } from "@/video/BoxOverlay";
import type { PlayedTrack } from "@/video/playback";
import { PlayerBar } from "@/video/PlayerBar";
import type { Player } from "@/video/usePlayer";
import "@/video/player.css";

interface Props {
  readonly player: Player;
  readonly media: Media;
  readonly url: string;
  readonly tracks: readonly PlayedTrack[];
  readonly colours: LabelColours;
  readonly actions?: React.ReactNode;
}

/** The video, the boxes over it, and what plays it. */
export function VideoPlayer({ player, media, url, tracks, colours, actions }: Props): React.ReactNode {
  const stage = useRef<HTMLDivElement>(null);
  const [withBoxes, setWithBoxes] = useState(true);
  const { video, isUnplayable, toggle } = player;
  return (
    <div className="player">
      <div className="player-stage" ref={stage} style={{ aspectRatio: `${media.width} / ${media.height}` }}>
        {/* Brands are looked for in pictures; what is said in the video nobody has written down. */}
        {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
        <video
          ref={video}
          src={url}
          preload="auto"
          playsInline
          aria-label={strings.video.player}
          onClick={toggle}
        />
        {withBoxes && <BoxOverlay player={player} tracks={tracks} colours={colours} />}
        {isUnplayable && (
          <div className="player-unplayable">
            <Alert type="info">{strings.video.unplayable}</Alert>
          </div>
        )}
      </div>
      <PlayerBar
        player={player}
        duration={media.duration_seconds ?? 0}
        withBoxes={withBoxes}
        onBoxes={setWithBoxes}
        onFullscreen={() => void stage.current?.requestFullscreen()}
        actions={actions}
      />
    </div>
  );
}
