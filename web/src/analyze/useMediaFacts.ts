import { useEffect, useRef, useState } from "react";
import type { QuotedMedia } from "@/api/types";
import { readMedia } from "@/upload/readMedia";
import type { UploadItem } from "@/upload/uploads";

/** What the headers of the files tell, as they become known; each file is read once. */
export function useMediaFacts(items: readonly UploadItem[]): QuotedMedia[] {
  const [known, setKnown] = useState<ReadonlyMap<File, QuotedMedia | null>>(new Map());
  const asked = useRef(new Set<File>());
  useEffect(() => {
    for (const item of items) {
      if (asked.current.has(item.file)) continue;
      asked.current.add(item.file);
      void readMedia(item).then((facts) => setKnown((before) => new Map(before).set(item.file, facts)));
    }
  }, [items]);
  return items.flatMap(({ file }) => known.get(file) ?? []);
}
