import { expect, it } from "vitest";
import { boxPlace } from "@/shared/boxPlace";

it.each([
  [
    { left: 0.25, top: 0.5, width: 0.5, height: 0.25 },
    { left: "25%", top: "50%", width: "50%", height: "25%" },
  ],
  [
    { left: -0.25, top: 0.75, width: 0.5, height: 0.5 },
    { left: "0%", top: "75%", width: "25%", height: "25%" },
  ],
])("a box is drawn where it lies in the picture: %j", (box, place) => expect(boxPlace(box)).toEqual(place));
