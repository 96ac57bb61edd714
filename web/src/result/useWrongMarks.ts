import { useAddMark, useRemoveMark } from "@/api/marks";
import type { Mark } from "@/api/types";
import type { WrongMarks } from "@/result/WrongButton";
import { useSession } from "@/session/SessionContext";

export interface Marking {
  /** Null for who may not mark. */
  readonly wrong: WrongMarks | null;
  readonly error: Error | null;
}

export function useWrongMarks(job: string, marks: readonly Mark[]): Marking {
  const { isEditor } = useSession();
  const add = useAddMark(job);
  const remove = useRemoveMark(job);
  if (!isEditor) return { wrong: null, error: null };
  return {
    wrong: {
      marks,
      add: ({ id }) => add.mutate({ kind: "wrong", appearance: id, note: "" }),
      remove: ({ id }) => remove.mutate(id),
      isBusy: add.isPending || remove.isPending,
    },
    error: add.error ?? remove.error,
  };
}
