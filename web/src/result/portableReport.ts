/** A report that is read by itself, far from the files that lie beside it in the results bucket. */
import type { Appearance } from "@/api/analysis.gen";
import { linkToMoment } from "@/video/momentLink";

const LINK_TO_FILE = /(<a [^>]*href=")(?!#)([^"]*)"/g;

/** Has the report's links to files lead to the portal instead: those of proofs to their moment in `page`. */
export function portableReport(report: string, page: string, appearances: readonly Appearance[]): string {
  const moments = new Map(appearances.map(({ proof_frame: proof }) => [proof.file, proof.seconds]));
  return report.replaceAll(LINK_TO_FILE, (_all, before: string, file: string) => {
    const moment = moments.get(file) ?? null;
    return `${before}${moment === null ? page : linkToMoment(page, moment)}"`;
  });
}
