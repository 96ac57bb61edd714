import { useEffect, useState } from "react";
import { Dialog } from "@/shared/Dialog";
import { askBeforeLeaving } from "@/shared/leaving";
import { strings } from "@/strings";

const text = strings.upload.leave;

/** While it is there, leaving the page asks first, as that stops the uploads. */
export function LeaveGuard(): React.ReactNode {
  const [leave, setLeave] = useState<(() => void) | null>(null);
  useEffect(() => askBeforeLeaving((go) => setLeave(() => go)), []);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, []);
  return (
    leave && (
      <Dialog
        title={text.title}
        submit={text.leave}
        cancel={text.stay}
        isBusy={false}
        problem={null}
        onSubmit={leave}
        onClose={() => setLeave(null)}
      >
        {text.what}
      </Dialog>
    )
  );
}
