/** What the invented API does when it is asked to change something; a reload undoes it. */
import type { ModelRun, NewMark, UploadPart } from "@/api/types";
import { marks } from "./invented/jobs";
import { quote, runningModels } from "./invented/money";
import { models, projects } from "./invented/projects";

/** Why the API does not do what it is asked. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface NewTraining {
  readonly annotations: string | null;
  readonly marks: readonly string[];
}

/** The names and sizes of the files that were uploaded, by the ids of their uploads. */
const uploads = new Map<string, { name: string; bytes: number }>();

/** The uploads that were made files of: they are no uploads any more, a reload or not. */
const completed = {
  has: (id: string) => sessionStorage.getItem(id) !== null,
  add: (id: string) => sessionStorage.setItem(id, "completed"),
};

/** What the API answers to a POST; null where it knows no such path. */
export function created(path: string, body: unknown): unknown {
  const [, resource, id = "", verb] = path.split("/");
  switch (`${resource}/${verb ?? ""}`) {
    case "quotes/":
      return quote(body);
    case "models/stop":
      return stopped(id);
    case "models/activate":
      return activated(id);
    case "jobs/marks":
      return marked(id, body as NewMark);
    case "uploads/":
      return uploaded(body as { name: string; bytes: number });
    case "uploads/complete":
      return completedOnce(id);
    case "analyses/":
      return analyzed(body as { uploads: string[] });
    case "training/":
      return trained(body as NewTraining);
    default:
      return null;
  }
}

export function removed(path: string): unknown {
  const [, , , , id] = path.split("/");
  const at = marks.findIndex((mark) => mark.id === id);
  return at < 0 ? null : marks.splice(at, 1)[0];
}

/** Every part has come: nothing is sent anywhere. Null once a file was made of them. */
export function partsOf(upload: string): { parts: UploadPart[]; next: null } | null {
  if (completed.has(upload)) return null;
  return { parts: [{ number: 1, bytes: uploads.get(upload)?.bytes ?? 0, url: null }], next: null };
}

function stopped(id: string): ModelRun | null {
  const model = runningModels.models.find((one) => one.id === id);
  if (!model) return null;
  if (model.needed_by === 0) {
    if (model.status === "STARTING")
      throw new Refusal(
        "ModelNotReady",
        "The model is still starting, and only running ones can be stopped.",
      );
    model.status = "STOPPING";
  }
  return { id, status: model.status, needed_by: model.needed_by };
}

function activated(id: string): unknown {
  const project = projects.find(({ name }) => id.startsWith(`${name}.`));
  const chosen = models.find((model) => model.id === id);
  if (!project?.active_model || !chosen) return null;
  for (const { version } of models) version.active = version === chosen.version;
  project.active_model = { ...project.active_model, version: chosen.version.version };
  return project;
}

/** What is said again is the mark that is there. */
function marked(job: string, mark: NewMark): unknown {
  const said = marks.find((one) => one.job_id === job && JSON.stringify(one.mark) === JSON.stringify(mark));
  if (said) return said;
  const made = {
    id: crypto.randomUUID(),
    job_id: job,
    project: "spring-cup",
    by: "mara@example.com",
    created_at: "2026-03-14T10:12:00Z",
    mark,
    trained_by: null,
  };
  marks.push(made);
  return made;
}

function uploaded({ name, bytes }: { name: string; bytes: number }): unknown {
  if (bytes === 0) throw new Refusal("InvalidInput", `${name} is empty.`);
  const id = crypto.randomUUID();
  uploads.set(id, { name, bytes });
  return { id, key: name, bytes, part_bytes: bytes, parts: partsOf(id) };
}

function completedOnce(id: string): { key: string } | null {
  if (completed.has(id)) return null;
  completed.add(id);
  return { key: uploads.get(id)?.name ?? "" };
}

/** Every file becomes the job of the video, however often it is asked for. */
function analyzed({ uploads: ids }: { uploads: string[] }): unknown {
  for (const id of ids) completed.add(id);
  return { analyses: ids.map((upload) => ({ upload, key: upload, job_id: "video", error: null })) };
}

/** A batch that people label is the job that they are at; one with annotations is the one that is done. */
function trained({ annotations, marks: taken }: NewTraining): unknown {
  if (annotations !== null && taken.length > 0)
    throw new Refusal("InvalidInput", "The pictures of marks have no annotations.");
  const isThere = [...uploads.values()].some(({ name }) => `${name}/`.startsWith(`${annotations}/`));
  if (annotations !== null && !isThere)
    throw new Refusal("Conflict", `${annotations} has not been uploaded.`);
  return { job_id: annotations === null ? "labeling" : "trained", pictures_of_marks: taken.length };
}
