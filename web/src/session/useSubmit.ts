import { useState } from "react";
import { explain } from "@/session/explain";

interface Submit {
  readonly busy: boolean;
  readonly error: string;
  readonly submit: (event: React.SyntheticEvent) => void;
}

/** Runs a form's action, and keeps whether it runs and why it failed. */
export function useSubmit(action: () => Promise<void>): Submit {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const run = async (): Promise<void> => {
    setBusy(true);
    setError("");
    try {
      await action();
    } catch (problem) {
      setError(explain(problem));
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    error,
    submit: (event) => {
      event.preventDefault();
      void run();
    },
  };
}
