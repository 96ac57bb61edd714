/**
 * Has the browser save a file by a name of ours. A link would not do: those of S3 call the files of all jobs
 * alike, and open in the browser what it can show.
 */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has begun to read it by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
