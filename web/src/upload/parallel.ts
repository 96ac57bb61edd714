/** Runs `work` on every task, at most `limit` at a time; the first failure stops what has not begun. */
export async function parallel<Task>(
  tasks: readonly Task[],
  limit: number,
  work: (task: Task) => Promise<void>,
): Promise<void> {
  const waiting = tasks.values();
  let isStopped = false;
  const worker = async (): Promise<void> => {
    for (const task of waiting) {
      if (isStopped) return;
      try {
        await work(task);
      } catch (problem) {
        isStopped = true;
        throw problem;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, tasks.length) }, worker));
}
