import { afterEach, describe, expect, it, vi } from "vitest";
import { answered, createApi } from "@/api/client";
import type { Config } from "@/config";

vi.mock("@/session/authentication", () => ({
  currentKeys: () =>
    Promise.resolve({ accessKeyId: "AKIA", secretAccessKey: "secret", sessionToken: "token" }),
}));

describe("a signed call", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("without a body names no type of one, which the API would refuse", async () => {
    const sent: Request[] = [];
    vi.stubGlobal("fetch", (url: string, options: RequestInit) => {
      sent.push(new Request(url, options));
      return Promise.resolve(Response.json({}));
    });
    const api = createApi({ api_url: "https://api.example.com", region: "eu-west-1" } as Config);
    await answered(api.POST("/models/{model}/stop", { params: { path: { model: "cup.v1" } } }));
    await answered(api.DELETE("/jobs/{job}", { params: { path: { job: "j1" } } }));
    expect(sent.map(({ headers }) => headers.get("Content-Type"))).toEqual([null, null]);
  });
});
