// @vitest-environment jsdom
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { putPart } from "@/upload/putPart";

let server: Server;

/** A service that takes what comes and answers with `status`, or never where that is null. */
async function service(status: number | null): Promise<string> {
  server = createServer((request, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Allow-Methods", "PUT");
    if (request.method === "OPTIONS") response.end();
    else if (status !== null) response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/part`;
}

describe("putting a part", () => {
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  const put = (url: string, signal: AbortSignal): Promise<void> =>
    putPart(url, new Blob(["part"]), () => undefined, signal);

  it("ends when the service has taken it", async () => {
    await expect(put(await service(200), new AbortController().signal)).resolves.toBeUndefined();
  });

  it("fails where the service refuses it", async () => {
    await expect(put(await service(403), new AbortController().signal)).rejects.toThrow("403");
  });

  it("is broken off when it is stopped", async () => {
    const leaving = new AbortController();
    const stopped = put(await service(null), leaving.signal);
    setTimeout(() => leaving.abort(), 20);
    await expect(stopped).rejects.toThrow("aborted");
    await expect(put("http://127.0.0.1/", leaving.signal)).rejects.toThrow("aborted");
  });
});
