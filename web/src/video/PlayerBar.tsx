import Button from "@cloudscape-design/components/button";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { clock } from "@/shared/format";
import { strings } from "@/strings";
import { linkToMoment } from "@/video/momentLink";
import { usePlayedSeconds } from "@/video/usePlayedSeconds";
import type { Player } from "@/video/usePlayer";

const text = strings.video;
const COPIED_MS = 2_000;

interface Props {
  readonly player: Player;
  readonly duration: number;
  readonly withBoxes: boolean;
  readonly onBoxes: (shown: boolean) => void;
  readonly onFullscreen: () => void;
  readonly actions?: React.ReactNode;
}

/** Play and pause, the time, and what else can be done at this moment. */
export function PlayerBar({
  player,
  duration,
  withBoxes,
  onBoxes,
  onFullscreen,
  actions,
}: Props): React.ReactNode {
  const { isPlaying, isMuted, isUnplayable, toggle, toggleSound } = player;
  const at = usePlayedSeconds(player);
  return (
    <div className="player-bar">
      <Button
        iconName={isPlaying ? "pause" : "play"}
        variant="icon"
        disabled={isUnplayable}
        ariaLabel={isPlaying ? text.pause : text.play}
        onClick={toggle}
      />
      <Button
        iconName={isMuted ? "audio-off" : "audio-full"}
        variant="icon"
        ariaLabel={isMuted ? text.unmute : text.mute}
        onClick={toggleSound}
      />
      <span className="player-time">
        {clock(Math.floor(at))} / {clock(Math.floor(duration))}
      </span>
      <Toggle checked={withBoxes} onChange={({ detail }) => onBoxes(detail.checked)}>
        {text.showBoxes}
      </Toggle>
      <span className="player-space" />
      {actions}
      <CopyLink at={at} />
      <Button iconName="full-screen" variant="icon" ariaLabel={text.fullscreen} onClick={onFullscreen} />
    </div>
  );
}

/** Copies the address of this page at this moment. */
function CopyLink({ at }: { readonly at: number }): React.ReactNode {
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    const link = linkToMoment(window.location.href, at);
    window.history.replaceState(null, "", link);
    void navigator.clipboard.writeText(link).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), COPIED_MS);
    });
  };
  return (
    <Button iconName={isCopied ? "check" : "share"} onClick={copy}>
      {isCopied ? text.copied : text.copyLink}
    </Button>
  );
}
