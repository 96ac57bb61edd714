import { describe, expect, it } from "vitest";
import type { Appearance } from "@/api/analysis.gen";
import { portableReport } from "@/result/portableReport";

const PAGE = "https://portal.example.com/jobs/j1";

const appearance: Appearance = {
  id: "a0001",
  label: "Acme",
  start_seconds: 2,
  end_seconds: 4,
  mean_area_fraction: 0.1,
  zone: null,
  peak_confidence: 90,
  sharpness: null,
  others_on_screen: [],
  proof_frame: { index: 5, seconds: 2.5, file: "frames/00000005.jpg", box: null },
};

describe("a report that is read by itself", () => {
  const portable = (body: string): string => portableReport(body, PAGE, [appearance]);
  it("links its proofs to their moments", () =>
    expect(portable('<a href="frames/00000005.jpg"><img src="data:x"></a>')).toBe(
      `<a href="${PAGE}#t=2.5"><img src="data:x"></a>`,
    ));
  it("links other files to the portal", () =>
    expect(portable('<a class="f" href="exposures.csv">')).toBe(`<a class="f" href="${PAGE}">`));
  it("keeps the links within it", () => expect(portable('<a href="#reading">')).toBe('<a href="#reading">'));
});
