/* Generated from schemas/ by `npm run types`. */

/**
 * `analysis.json`, written last: when it exists, everything it names exists.
 */
export interface Analysis {
  schema_version: string;
  job: AnalysisJob;
  model: Model;
  media: Media;
  sampling: Sampling;
  brands: BrandSummary[];
  appearances: Appearance[];
  files: Files;
  cost: Cost;
  warnings: Warning[];
}
export interface AnalysisJob {
  id: string;
  project: string;
  source: Source;
  started_at: string;
  finished_at: string;
}
/**
 * One version of one dropped object.
 *
 * `version` is the S3 version id, or the ETag in its double quotes where the bucket keeps no versions.
 */
export interface Source {
  bucket: string;
  key: string;
  version: string;
}
/**
 * The model a job is pinned to when it is received. `min_confidence` is in percent.
 */
export interface Model {
  detector: "rekognition" | "embedded";
  arn: string;
  version: string;
  min_confidence: number;
}
/**
 * What was analyzed. Width and height are in pixels as shown, rotation applied.
 */
export interface Media {
  kind: "image" | "video";
  width: number;
  height: number;
  duration_seconds: number | null;
  frame_rate: number | null;
  codec: string;
}
/**
 * How frames were picked. `rate_hz` is null for an image.
 */
export interface Sampling {
  rate_hz: number | null;
  frames_sampled: number;
  frames_detected: number;
  frames_carried: number;
}
/**
 * One brand over the whole work. Seconds are null for an image; `share_of_voice` is a fraction, summing
 * to 1 over the brands found: of on-screen seconds for a video, of covered area for an image.
 */
export interface BrandSummary {
  label: string;
  on_screen_seconds: number | null;
  appearances: number;
  first_seen_seconds: number | null;
  last_seen_seconds: number | null;
  mean_area_fraction: number;
  peak_confidence: number;
  share_of_voice: number;
}
/**
 * One continuous presence of one brand. `sharpness` is 0 (blurred) to 1 (crisp).
 */
export interface Appearance {
  id: string;
  label: string;
  start_seconds: number | null;
  end_seconds: number | null;
  mean_area_fraction: number;
  zone:
    | (
        | "top-left"
        | "top-center"
        | "top-right"
        | "middle-left"
        | "middle-center"
        | "middle-right"
        | "bottom-left"
        | "bottom-center"
        | "bottom-right"
      )
    | null;
  peak_confidence: number;
  sharpness: number | null;
  others_on_screen: string[];
  proof_frame: ProofFrame;
}
/**
 * The frame that proves an appearance: the one in which the brand was found with most confidence.
 */
export interface ProofFrame {
  index: number;
  seconds: number | null;
  file: string;
  box: Box | null;
}
/**
 * A rectangle in fractions of the picture's width and height, after its orientation is applied.
 */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}
/**
 * Names of the result's other files, below the job's prefix; null where the kind of media has none.
 */
export interface Files {
  detections: string;
  exposures: string;
  report: string;
  timeline: string | null;
  sprites: string | null;
  frames: string;
}
/**
 * What the job cost at published prices (`brandlens/cost`), before taxes and free tiers.
 */
export interface Cost {
  estimated_usd: number;
  items: CostItem[];
  basis: string | null;
}
export interface CostItem {
  name: string;
  quantity: number;
  unit: string;
  usd: number;
}
/**
 * Something the reader must know to trust the figures, such as a gap where frames did not decode.
 */
export interface Warning {
  code: string;
  message: string;
  start_seconds: number | null;
  end_seconds: number | null;
}
