/** The API of the gallery: invented, and held to the API's own types. */
import type { Problem } from "@/api/types";
import { jobs, jobDetails, marks } from "./invented/jobs";
import { exposuresSince, models, projects } from "./invented/projects";
import { frameUrls, resultUrls } from "./invented/results";
import { runningModels, spending } from "./invented/money";
import { team } from "./invented/team";
import { created, partsOf, Refusal, removed } from "./written";

export type ApiState = "filled" | "empty" | "loading" | "failing" | "forbidden";

const NEVER = new Promise<Response>(() => undefined);

export async function answer(request: Request, state: ApiState, minutes: number): Promise<Response> {
  if (state === "loading") return NEVER;
  if (state === "failing")
    return refused(503, "ServiceUnavailable", "The jobs table does not answer: try again.");
  if (state === "forbidden") return refused(403, "NotPermitted", "The caller is in no group.");
  const { pathname: path, searchParams: query } = new URL(request.url);
  try {
    const found =
      request.method === "GET"
        ? read(path, query, state === "empty", minutes)
        : request.method === "DELETE"
          ? removed(path)
          : created(path, JSON.parse((await request.text()) || "null"));
    return found === null ? refused(404, "NotFound", `There is nothing at ${path}.`) : Response.json(found);
  } catch (refusal) {
    if (refusal instanceof Refusal) return refused(409, refusal.code, refusal.message);
    throw refusal;
  }
}

function read(path: string, query: URLSearchParams, isEmpty: boolean, minutes: number): unknown {
  const [, resource, id, part, detail] = path.split("/");
  switch (resource) {
    case "projects":
      if (part === "models") return { models: isEmpty ? [] : models };
      if (part === "exposures")
        return { jobs: isEmpty ? [] : exposuresSince(query.get("since")), next: null };
      if (part === "marks") return { marks: isEmpty ? [] : marks.filter(({ project }) => project === id) };
      return id ? (projects.find(({ name }) => name === id) ?? null) : { projects: isEmpty ? [] : projects };
    case "jobs":
      if (detail === "frames") return frameUrls();
      if (part === "results") return resultUrls(id ?? "", minutes, isEmpty);
      if (part === "marks") return { marks: isEmpty ? [] : marks.filter((mark) => mark.job_id === id) };
      return id ? jobDetails(id) : { jobs: isEmpty ? [] : jobs, next: null };
    case "models":
      return isEmpty ? { models: [], usd_per_hour: 0 } : runningModels;
    case "uploads":
      return partsOf(id ?? "");
    case "spending":
      return isEmpty
        ? { ...spending, projects: [], booked_usd: 0, total: { ...spending.total, estimated_usd: 0 } }
        : spending;
    case "team":
      return isEmpty ? { ...team, members: [] } : team;
    default:
      return null;
  }
}

function refused(status: number, code: string, message: string): Response {
  const problem: Problem = { code, message, request_id: "5f1c" };
  return Response.json(problem, { status });
}
