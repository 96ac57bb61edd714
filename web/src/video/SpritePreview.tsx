import { clock } from "@/shared/format";
import { cueAt, type SpriteCue } from "@/video/spriteCues";

interface Props {
  readonly at: number;
  /** Where on the timeline, from 0 to 1. */
  readonly part: number;
  readonly cues: readonly SpriteCue[];
  readonly sheets: Readonly<Record<string, string>>;
}

/** The picture of a moment that the pointer is at, above the timeline. */
export function SpritePreview({ at, part, cues, sheets }: Props): React.ReactNode {
  const cue = cueAt(cues, at);
  const sheet = cue && sheets[cue.sheet];
  return (
    <div
      className="timeline-preview"
      style={{ left: `clamp(80px, ${part * 100}%, calc(100% - 80px))` }}
      aria-hidden
    >
      {sheet && (
        <i
          style={{
            width: cue.width,
            height: cue.height,
            backgroundImage: `url("${sheet}")`,
            backgroundPosition: `-${cue.left}px -${cue.top}px`,
          }}
        />
      )}
      <span>{clock(at)}</span>
    </div>
  );
}
