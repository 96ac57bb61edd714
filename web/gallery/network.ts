/**
 * What lies between the pages and the invented API, and what happens there: calls are told by the last step of
 * their path. The page's address says how it begins (`?hold=parts`), tests change it later (`window.network`).
 */
const query = new URLSearchParams(window.location.search);

const network = {
  /** These wait. */
  hold: query.get("hold"),
  /** The next POST of these is answered, and the answer lost. */
  lose: query.get("lose"),
  /** These are not answered by the API at all. */
  fail: query.get("fail"),
};
Object.assign(window, { network });

const PAUSE_MS = 20;

/** Carries a call there and back; each is marked in the browser's performance entries, with its body. */
export async function carried(
  request: Request,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  const last = pathname.split("/").at(-1) ?? "";
  performance.mark(`${request.method} ${pathname}`, { detail: await request.clone().text() });
  while (network.hold === last) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  if (network.fail === last) throw new TypeError("Failed to fetch");
  const response = await answer(request);
  if (network.lose === last && request.method === "POST") {
    network.lose = null;
    throw new TypeError("Failed to fetch");
  }
  return response;
}
