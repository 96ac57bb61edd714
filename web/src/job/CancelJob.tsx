import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useCancelJob } from "@/api/jobs";
import type { JobItem } from "@/api/types";
import { Failure } from "@/shared/Failure";
import { strings } from "@/strings";

const text = strings.jobs;

/** Cancels a job, once that is confirmed. */
export function CancelJob({ job }: { readonly job: JobItem }): React.ReactNode {
  const [isAsking, setAsking] = useState(false);
  const cancel = useCancelJob();
  const confirm = (): void => {
    cancel.mutate(job.job_id, { onSuccess: () => setAsking(false) });
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>{text.cancel}</Button>
      <Modal
        visible={isAsking}
        onDismiss={() => setAsking(false)}
        closeAriaLabel={strings.common.close}
        header={text.cancelTitle}
        footer={
          <Box float="right">
            <SpaceBetween size="xs" direction="horizontal">
              <Button variant="link" onClick={() => setAsking(false)}>
                {text.keepRunning}
              </Button>
              <Button variant="primary" loading={cancel.isPending} onClick={confirm}>
                {text.cancel}
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="s">
          {cancel.error && <Failure problem={cancel.error} />}
          <div>{text.cancelWhat}</div>
        </SpaceBetween>
      </Modal>
    </>
  );
}
