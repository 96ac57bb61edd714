import { clock } from "@/shared/format";
import { ticks } from "@/video/timelineRows";

const MOST_TICKS = 8;

/** Round times below the rows. */
export function TimelineAxis({ duration }: { readonly duration: number }): React.ReactNode {
  return (
    <div className="timeline-axis">
      {ticks(duration, MOST_TICKS).map((seconds) => (
        <span
          key={seconds}
          className={seconds > duration * 0.97 ? "last" : ""}
          style={{ left: `${(seconds / duration) * 100}%` }}
        >
          {clock(seconds)}
        </span>
      ))}
    </div>
  );
}
