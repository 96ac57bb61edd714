import { useEffect } from "react";
import { strings } from "@/strings";

/** Names the page in the browser's tab and history, and to who hears it. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = strings.pageTitle(title);
  }, [title]);
}
