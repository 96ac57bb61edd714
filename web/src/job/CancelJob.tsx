import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useCancelJob } from "@/api/jobs";
import type { JobItem } from "@/api/types";
import { Dialog } from "@/shared/Dialog";
import { strings } from "@/strings";

const text = strings.jobs;

/** Cancels a job, once that is confirmed. */
export function CancelJob({ job }: { readonly job: JobItem }): React.ReactNode {
  const [isAsking, setAsking] = useState(false);
  const cancel = useCancelJob();
  const close = (): void => setAsking(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{text.cancel}</Button>
      {isAsking && (
        <Dialog
          title={text.cancelTitle}
          submit={text.cancel}
          cancel={text.keepRunning}
          isBusy={cancel.isPending}
          problem={cancel.error}
          onSubmit={() => cancel.mutate(job.job_id, { onSuccess: close })}
          onClose={close}
        >
          {text.cancelWhat}
        </Dialog>
      )}
    </>
  );
}
