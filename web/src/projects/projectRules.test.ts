import { describe, expect, it } from "vitest";
import { labelProblems, labelsProblem, nameProblem } from "@/projects/projectRules";

describe("a project's name", () => {
  it.each(["cup", "spring-cup-2", "9"])("may be %s", (name) => expect(nameProblem(name, [])).toBe(""));
  it.each(["", "Cup", "a--b", "-a", "a-", "a b", "x".repeat(64)])("may not be %j", (name) =>
    expect(nameProblem(name, [])).not.toBe(""),
  );
  it("may not be that of another", () => expect(nameProblem("cup", ["cup"])).not.toBe(""));
});

describe("brands", () => {
  it("may hold letters, digits, blanks, _ and -", () => expect(labelProblems(["Acme 2_b-c"])).toEqual([""]));
  it("may not be empty, begin with a blank, or be there twice", () => {
    expect(labelProblems(["", " a", "b", "b"]).map((problem) => problem !== "")).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });
  it("are at least two where whole pictures are told apart", () => {
    expect(labelsProblem(["a"], "concept")).not.toBe("");
    expect(labelsProblem(["a"], "object")).toBe("");
  });
});
