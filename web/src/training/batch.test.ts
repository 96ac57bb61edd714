// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { Batches, type BatchPlace, batchName } from "@/training/batch";
import { placeName } from "@/upload/place";
import { fingerprint, recall, remember } from "@/upload/resumption";
import type { NamedFile } from "@/upload/uploads";

const USER = "mara@example.com";
const NONE = { annotations: null, marks: [] };
const MONDAY = new Date("2026-03-09T10:00:00Z");
const LATER = new Date("2026-03-09T10:05:00Z");
const TUESDAY = new Date("2026-03-10T10:01:00Z");

const file = (name: string): NamedFile => ({ name, file: new File(["body"], name, { lastModified: 1 }) });
const [a, b] = [file("a.jpg"), file("b.jpg")];

const batches = (user = USER): Batches => new Batches(user, "cup", localStorage);
const keyOf = (place: BatchPlace, one: NamedFile): string => fingerprint(placeName(USER, place), one);

function bring(place: BatchPlace, one: NamedFile, stage: "begun" | "sent" | "finished" = "finished"): void {
  remember(keyOf(place, one), { id: one.name, partBytes: 8, stage }, localStorage, MONDAY.getTime());
}

describe("a batch", () => {
  beforeEach(() => localStorage.clear());

  it("is called after the moment it was begun at", () =>
    expect(batchName(MONDAY)).toBe("portal-20260309-100000"));

  it("is gone on with after a reload, with what was not there yet", () => {
    const place = batches().open([a, b], NONE, MONDAY);
    bring(place, a);
    expect(batches().open([a, b], NONE, LATER)).toEqual(place);
  });

  it("is another one where it holds a file that is not chosen now", () => {
    const place = batches().open([a, b], NONE, MONDAY);
    bring(place, a, "begun");
    expect(batches().open([b], NONE, LATER)).not.toEqual(place);
    expect(recall(keyOf(place, a), localStorage, LATER.getTime())).toBeNull();
  });

  it("is the same where what is left out had not come", () => {
    const place = batches().open([a, b], NONE, MONDAY);
    bring(place, a, "begun");
    bring(place, b);
    batches().leaveOut(a, LATER);
    batches().leaveOut(b, LATER);
    expect(batches().open([b], NONE, LATER)).toEqual(place);
  });

  it("is asked for just the same while no answer has come, though the service took its marks", () => {
    const wish = { annotations: null, marks: ["m1", "m2"] };
    const place = batches().open([a, b], wish, MONDAY);
    batches().asks(place, [a, b], wish, MONDAY);
    expect(batches().open([b, a], wish, LATER)).toEqual(place);
    expect(batches().open([b, a], { ...wish, marks: [] }, LATER)).toEqual(place);
  });

  it.each([
    ["a file more", [a, b, file("c.jpg")], NONE],
    ["a file less", [a], NONE],
    ["a file that has changed", [a, { ...b, file: new File(["other body"], "b.jpg") }], NONE],
    ["annotations", [a, b], { ...NONE, annotations: "a.json" }],
    ["a mark", [a, b], { ...NONE, marks: ["m1"] }],
  ])("is another one for %s, as the first may run by now", (_what, files, wish) => {
    const place = batches().open([a, b], NONE, MONDAY);
    batches().asks(place, [a, b], NONE, MONDAY);
    expect(batches().open(files, wish, LATER)).not.toEqual(place);
  });

  it("is another one on the next day, when the same files are meant anew", () => {
    const place = batches().open([a], NONE, MONDAY);
    batches().asks(place, [a], NONE, MONDAY);
    expect(batches().open([a], NONE, TUESDAY)).not.toEqual(place);
  });

  it("may be asked for otherwise once it was refused", () => {
    const place = batches().open([a], NONE, MONDAY);
    batches().asks(place, [a], NONE, MONDAY);
    batches().wasRefused(place);
    expect(batches().open([a], { ...NONE, annotations: "a.json" }, LATER)).toEqual(place);
  });

  it("is forgotten with its files, but not the one that was begun since", () => {
    const place = batches().open([a], NONE, MONDAY);
    bring(place, a);
    batches().forget(place);
    const next = batches().open([a], NONE, LATER);
    expect(next).not.toEqual(place);
    batches().forget(place);
    expect(batches().open([a], NONE, TUESDAY)).toEqual(next);
    expect(recall(keyOf(place, a), localStorage, LATER.getTime())).toBeNull();
  });

  it("is each person's own", () =>
    expect(batches("jonas@example.com").open([a], NONE, LATER)).not.toEqual(
      batches().open([a], NONE, MONDAY),
    ));

  it("does not trust for longer than a day that what has come is still there", () => {
    const place = batches().open([a], NONE, MONDAY);
    bring(place, a);
    expect(recall(keyOf(place, a), localStorage, LATER.getTime())?.stage).toBe("finished");
    expect(recall(keyOf(place, a), localStorage, TUESDAY.getTime())?.stage).toBe("begun");
  });
});
