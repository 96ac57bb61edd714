import { useMemo, useState } from "react";
import { useApi } from "@/api/ApiContext";
import { answered } from "@/api/client";
import { ApiError, isRefusal } from "@/api/errors";
import { useSession } from "@/session/SessionContext";
import { strings } from "@/strings";
import { Batches, type Wish } from "@/training/batch";
import { useUploads, type Uploads } from "@/upload/useUploads";

export interface Training extends Pick<Uploads, "items" | "add" | "remove"> {
  /** Uploads what is not there yet, and begins. */
  readonly begin: (wish: Wish) => Promise<void>;
  readonly isBusy: boolean;
  readonly problem: unknown;
  /** The id of the job that was begun, or null. */
  readonly job: string | null;
}

/** The files of a batch, their uploading, and the training on it, which is begun once however often it is asked. */
export function useTraining(project: string): Training {
  const api = useApi();
  const { user } = useSession();
  const batches = useMemo(() => new Batches(user, project, localStorage), [user, project]);
  const { items, add, remove, start } = useUploads();
  const [job, setJob] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  const complete = async (upload: string): Promise<null> => {
    await answered(api.POST("/uploads/{upload}/complete", { params: { path: { upload } } }));
    return null;
  };
  const begin = async (wish: Wish): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const place = batches.open(items, wish, new Date());
    try {
      if (!(await start(place, complete))) throw new Error(strings.train.incomplete);
      batches.asks(place, items, wish, new Date());
      const body = { project, batch: place.batch, annotations: wish.annotations, marks: [...wish.marks] };
      const begun = await answered(api.POST("/training", { body }));
      batches.forget(place);
      setJob(begun.job_id);
    } catch (failure) {
      if (isConflict(failure)) batches.forget(place);
      else if (isRefusal(failure)) batches.wasRefused(place);
      setProblem(failure);
    }
    setBusy(false);
  };
  const leaveOut = (name: string): void => {
    const item = items.find((one) => one.name === name);
    if (item) batches.leaveOut(item, new Date());
    remove(name);
  };
  return { items, add, remove: leaveOut, begin, isBusy, problem, job };
}

/** Whether the batch as the service has it is none that this page may train on. */
function isConflict(problem: unknown): boolean {
  return problem instanceof ApiError && problem.status === 409;
}
