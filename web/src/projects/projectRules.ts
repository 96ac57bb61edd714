/** The API's rules for a new project, told as one types. */
import { strings } from "@/strings";

const NAME = /^[a-z0-9](-?[a-z0-9])*$/;
const LABEL = /^[A-Za-z0-9_][A-Za-z0-9_ -]*$/;
const LONGEST_NAME = 63;
const LONGEST_LABEL = 100;
const MOST_LABELS = 250;

const text = strings.newProject.rules;

/** What is wrong with a name; empty where nothing is. */
export function nameProblem(name: string, taken: readonly string[]): string {
  if (name === "") return text.nameMissing;
  if (name.length > LONGEST_NAME) return text.nameLong(LONGEST_NAME);
  if (!NAME.test(name)) return text.nameCharacters;
  return taken.includes(name) ? text.nameTaken : "";
}

/** What is wrong with each label, in their order; empty where nothing is. */
export function labelProblems(labels: readonly string[]): string[] {
  return labels.map((label, place) => {
    if (label === "") return text.labelMissing;
    if (label.length > LONGEST_LABEL) return text.labelLong(LONGEST_LABEL);
    if (!LABEL.test(label)) return text.labelCharacters;
    return labels.indexOf(label) < place ? text.labelTwice : "";
  });
}

/** What is wrong with all of the labels together. A model of concepts tells at least two apart. */
export function labelsProblem(labels: readonly string[], type: "object" | "concept"): string {
  if (labels.length > MOST_LABELS) return text.tooMany(MOST_LABELS);
  return type === "concept" && labels.length < 2 ? text.twoConcepts : "";
}
