import type { CSSProperties } from "react";
import type { Media } from "@/api/analysis.gen";
import type { Detection } from "@/api/frames.gen";
import { boxPlace } from "@/shared/boxPlace";
import { certainty } from "@/shared/format";
import type { LabelColours } from "@/shared/labelColours";
import "@/image/picture.css";

interface Props {
  readonly url: string;
  readonly name: string;
  readonly media: Media;
  readonly detections: readonly Detection[];
  readonly colours: LabelColours;
  /** The place in `detections` of the box that is pointed at. */
  readonly pointed: number | null;
  readonly onPoint: (place: number | null) => void;
}

/** The picture with its boxes; pointing at one names it. */
export function Picture({ url, name, media, detections, colours, pointed, onPoint }: Props): React.ReactNode {
  return (
    <div className="picture" style={{ aspectRatio: `${media.width} / ${media.height}` }}>
      <img src={url} alt={name} />
      {detections.map(({ label, confidence, box }, place) =>
        box === null ? null : (
          <span
            key={place}
            className={place === pointed ? "picture-box pointed" : "picture-box"}
            style={{ ...boxPlace(box), "--colour": colours.get(label) } as CSSProperties}
            onPointerEnter={() => onPoint(place)}
            onPointerLeave={() => onPoint(null)}
            aria-hidden
          >
            <b className={box.top < 0.06 ? "below" : ""}>
              {label} {certainty(confidence)}
            </b>
          </span>
        ),
      )}
    </div>
  );
}
