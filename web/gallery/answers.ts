/** The API of the gallery: invented, and held to the API's own types. */
import type { Problem } from "@/api/types";
import { jobs, jobDetails, marks } from "./invented/jobs";
import { exposures, models, projects } from "./invented/projects";
import { frameUrls, resultUrls } from "./invented/results";
import { quote, runningModels, spending } from "./invented/money";
import { team } from "./invented/team";

export type ApiState = "filled" | "empty" | "loading" | "failing" | "forbidden";

const NEVER = new Promise<Response>(() => undefined);

export async function answer(request: Request, state: ApiState, minutes: number): Promise<Response> {
  if (state === "loading") return NEVER;
  if (state === "failing")
    return refused(503, "ServiceUnavailable", "The jobs table does not answer: try again.");
  if (state === "forbidden") return refused(403, "NotPermitted", "The caller is in no group.");
  const path = new URL(request.url).pathname;
  const found =
    request.method === "GET" ? read(path, state === "empty", minutes) : written(path, await request.json());
  return found === null ? refused(404, "NotFound", `There is nothing at ${path}.`) : Response.json(found);
}

function read(path: string, isEmpty: boolean, minutes: number): unknown {
  const [, resource, id, part, detail] = path.split("/");
  switch (resource) {
    case "projects":
      if (part === "models") return { models: isEmpty ? [] : models };
      if (part === "exposures") return { jobs: isEmpty ? [] : exposures, next: null };
      if (part === "marks") return { marks: isEmpty ? [] : marks };
      return id ? (projects.find(({ name }) => name === id) ?? null) : { projects: isEmpty ? [] : projects };
    case "jobs":
      if (detail === "frames") return frameUrls();
      if (part === "results") return resultUrls(id ?? "", minutes, isEmpty);
      if (part === "marks") return { marks: isEmpty ? [] : marks.filter((mark) => mark.job_id === id) };
      return id ? jobDetails(id) : { jobs: isEmpty ? [] : jobs, next: null };
    case "models":
      return isEmpty ? { models: [], usd_per_hour: 0 } : runningModels;
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

function written(path: string, body: unknown): unknown {
  if (path === "/quotes") return quote(body);
  if (path.endsWith("/marks")) {
    return {
      id: crypto.randomUUID(),
      job_id: path.split("/")[2],
      project: "spring-cup",
      by: "mara@example.com",
      created_at: "2026-03-14T10:12:00Z",
      mark: body,
      trained_by: null,
    };
  }
  return null;
}

function refused(status: number, code: string, message: string): Response {
  const problem: Problem = { code, message, request_id: "5f1c" };
  return Response.json(problem, { status });
}
