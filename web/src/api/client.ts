/** The API, called with AWS Signature Version 4 as who is signed in. */
import { AwsV4Signer } from "aws4fetch";
import createClient, { type Client } from "openapi-fetch";
import { apiError } from "@/api/errors";
import type { paths } from "@/api/api.gen";
import type { Config } from "@/config";
import { currentKeys } from "@/session/authentication";

export type Api = Client<paths>;

export function createApi(config: Config): Api {
  return createClient<paths>({
    baseUrl: config.api_url.replace(/\/$/, ""),
    fetch: (request) => signedFetch(request, config.region),
  });
}

async function signedFetch(request: Request, region: string): Promise<Response> {
  // An empty text would be sent as one, with a type that the API does not take.
  const body = (await request.text()) || null;
  const signer = new AwsV4Signer({
    ...(await currentKeys()),
    method: request.method,
    url: request.url,
    headers: request.headers,
    ...(body ? { body } : {}),
    service: "execute-api",
    region,
  });
  const signed = await signer.sign();
  return fetch(signed.url, { method: signed.method, headers: signed.headers, body, signal: request.signal });
}

interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** What the API answered; raises `ApiError` for a refusal. */
export async function answered<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok) throw apiError(response.status, isProblem(error) ? error : undefined);
  return data as Data;
}

function isProblem(body: unknown): body is Record<string, string> {
  return typeof body === "object" && body !== null;
}
