import { type CSSProperties, useEffect, useMemo, useRef, useState } from "react";
import type { Appearance } from "@/api/analysis.gen";
import type { LabelColours } from "@/shared/labelColours";
import { clock } from "@/shared/format";
import { strings } from "@/strings";
import { SpritePreview } from "@/video/SpritePreview";
import type { SpriteCue } from "@/video/spriteCues";
import { TimelineAxis } from "@/video/TimelineAxis";
import { timelineRows } from "@/video/timelineRows";
import { usePlayedSeconds } from "@/video/usePlayedSeconds";
import type { Player } from "@/video/usePlayer";
import "@/video/timeline.css";

const text = strings.video;
const STEP_SECONDS = 1;

interface Props {
  readonly player: Player;
  readonly duration: number;
  readonly labels: readonly string[];
  /** Those whose boxes are not drawn. */
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (label: string) => void;
  readonly appearances: readonly Appearance[];
  readonly colours: LabelColours;
  readonly cues: readonly SpriteCue[];
  readonly sheets: Readonly<Record<string, string>>;
}

/**
 * When each brand is on screen, one row a brand. The whole of it is one slider over the video: a click or the
 * keyboard goes to a moment, and pointing at one shows its picture. A brand's name draws its boxes or not.
 */
export function Timeline({
  player,
  duration,
  labels,
  hidden,
  onToggle,
  appearances,
  colours,
  cues,
  sheets,
}: Props): React.ReactNode {
  const rows = useMemo(() => timelineRows(labels, appearances, duration), [labels, appearances, duration]);
  const track = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const { onFrame, seek } = player;
  const at = usePlayedSeconds(player);
  useEffect(
    () =>
      onFrame((seconds) => track.current?.style.setProperty("--at", String(Math.min(seconds / duration, 1)))),
    [onFrame, duration],
  );
  const point = (event: React.PointerEvent<HTMLInputElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointed(Math.min(Math.max((event.clientX - left) / width, 0), 1) * duration);
  };
  return (
    <div className="timeline">
      <div className="timeline-labels">
        {rows.map(({ label }) => (
          <button
            key={label}
            type="button"
            aria-pressed={!hidden.has(label)}
            aria-label={text.boxesOf(label)}
            title={text.boxesOf(label)}
            onClick={() => onToggle(label)}
          >
            {label}
          </button>
        ))}
      </div>
      <div className="timeline-track" ref={track}>
        <div aria-hidden>
          {rows.map(({ label, bars }) => (
            <div
              key={label}
              className="timeline-row"
              style={{ "--colour": colours.get(label) } as CSSProperties}
            >
              {bars.map(({ id, left, width }) => (
                <i key={`${id}${left}`} style={{ left: `${left * 100}%`, width: `${width * 100}%` }} />
              ))}
            </div>
          ))}
          <TimelineAxis duration={duration} />
          <b className="timeline-playhead" />
        </div>
        <input
          type="range"
          min={0}
          max={duration}
          step="any"
          value={Math.min(at, duration)}
          aria-label={text.timeline}
          title={text.timelineHint}
          aria-valuetext={text.positionOf(clock(Math.floor(at)), clock(Math.floor(duration)))}
          onChange={(event) => seek(event.currentTarget.valueAsNumber)}
          onKeyDown={(event) => {
            const step = stepOf(event.key);
            if (step === 0) return;
            event.preventDefault();
            seek(Math.min(Math.max(at + step, 0), duration));
          }}
          onPointerMove={point}
          onPointerLeave={() => setPointed(null)}
        />
        {pointed !== null && (
          <SpritePreview at={pointed} part={pointed / duration} cues={cues} sheets={sheets} />
        )}
      </div>
    </div>
  );
}

/** Seconds by which a key moves; 0 for a key that the browser's own slider deals with. */
function stepOf(key: string): number {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return STEP_SECONDS;
    case "ArrowLeft":
    case "ArrowDown":
      return -STEP_SECONDS;
    case "PageUp":
      return 10 * STEP_SECONDS;
    case "PageDown":
      return -10 * STEP_SECONDS;
    default:
      return 0;
  }
}
