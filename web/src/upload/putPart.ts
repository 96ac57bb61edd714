/** Sends bytes by PUT, telling how many have gone: what `fetch` cannot. */
export function putPart(
  url: string,
  bytes: Blob,
  report: (sent: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    signal.addEventListener("abort", abort);
    request.onabort = () => reject(signal.reason as Error);
    request.onloadend = () => signal.removeEventListener("abort", abort);
    request.open("PUT", url);
    request.upload.onprogress = ({ loaded }) => report(loaded);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new Error(`${request.status} ${request.statusText}`));
    request.onerror = () => reject(new TypeError("network"));
    request.send(bytes);
  });
}
