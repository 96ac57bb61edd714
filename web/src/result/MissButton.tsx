import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAddMark } from "@/api/marks";
import { Dialog } from "@/shared/Dialog";
import { clock } from "@/shared/format";
import { parseClock } from "@/shared/parseClock";
import { strings } from "@/strings";

const text = strings.marks;
const SUGGESTED_SECONDS = 2;

interface Props {
  readonly job: string;
  readonly labels: readonly string[];
  /** How long the video is, and what tells the clip that is on screen; null for an image. */
  readonly clip: { readonly at: () => number; readonly duration: number } | null;
}

/** Says that a brand was on screen and was not found. */
export function MissButton({ job, labels, clip }: Props): React.ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button iconName="add-plus" onClick={() => setOpen(true)}>
        {text.missed}
      </Button>
      {isOpen && <MissDialog job={job} labels={labels} clip={clip} onClose={() => setOpen(false)} />}
    </>
  );
}

function MissDialog({
  job,
  labels,
  clip,
  onClose,
}: Props & { readonly onClose: () => void }): React.ReactNode {
  const [label, setLabel] = useState(labels[0] ?? "");
  const [at] = useState(() =>
    clip ? Math.max(Math.min(clip.at(), clip.duration - SUGGESTED_SECONDS), 0) : 0,
  );
  const [from, setFrom] = useState(clock(at));
  const [until, setUntil] = useState(clock(Math.min(at + SUGGESTED_SECONDS, clip?.duration ?? 0)));
  const add = useAddMark(job);
  const start = parseClock(from);
  const end = parseClock(until);
  const isSpan = clip === null || (start !== null && end !== null && start < end && start < clip.duration);
  const save = (): void => {
    const [start_seconds, end_seconds] =
      clip === null ? [null, null] : [start, Math.min(end ?? 0, clip.duration)];
    add.mutate(
      { kind: "missed", label, start_seconds, end_seconds, box: null, note: "" },
      { onSuccess: onClose },
    );
  };
  const options = labels.map((value) => ({ value, label: value }));
  return (
    <Dialog
      title={text.missedTitle}
      submit={text.save}
      canSubmit={label !== "" && isSpan}
      isBusy={add.isPending}
      problem={add.error}
      onSubmit={save}
      onClose={onClose}
    >
      <FormField label={text.missedLabel}>
        <Select
          options={options}
          selectedOption={options.find(({ value }) => value === label) ?? null}
          onChange={({ detail }) => setLabel(detail.selectedOption.value ?? "")}
        />
      </FormField>
      {clip && (
        <SpaceBetween size="m" direction="horizontal">
          <FormField label={strings.table.start}>
            <Input value={from} onChange={({ detail }) => setFrom(detail.value)} invalid={start === null} />
          </FormField>
          <FormField label={strings.table.end} errorText={isSpan ? "" : text.badSpan}>
            <Input value={until} onChange={({ detail }) => setUntil(detail.value)} />
          </FormField>
        </SpaceBetween>
      )}
    </Dialog>
  );
}
