import Select, { type SelectProps } from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { JobFilter } from "@/api/jobs";
import { useProjects } from "@/api/projects";
import type { JobItem, JobState } from "@/api/types";
import { PERIODS, sinceOf } from "@/shared/periods";
import { strings } from "@/strings";

const text = strings.jobs;
const KINDS = Object.keys(text.kinds) as JobItem["kind"][];
const STATES = Object.keys(text.states) as JobState[];

interface Props {
  readonly filter: JobFilter;
  readonly onChange: (filter: JobFilter) => void;
}

/** Narrows the jobs down by project, kind, state and time. */
export default function JobsFilter({ filter, onChange }: Props): React.ReactNode {
  const projects = useProjects();
  const [days, setDays] = useState("");
  const { project, kind, state } = filter;
  const choose = (change: { [Key in keyof JobFilter]: JobFilter[Key] | undefined }): void => {
    const entries = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined);
    onChange(Object.fromEntries(entries));
  };
  return (
    <SpaceBetween size="xs" direction="horizontal">
      <Choice
        label={strings.common.project}
        all={strings.common.allProjects}
        options={(projects.data ?? []).map(({ name }) => ({ value: name, label: name }))}
        value={project}
        onChoose={(value) => choose({ project: value })}
      />
      <Choice
        label={text.columns.kind}
        all={text.allKinds}
        options={KINDS.map((value) => ({ value, label: text.kinds[value] }))}
        value={kind}
        onChoose={(value) => choose({ kind: KINDS.find((one) => one === value) })}
      />
      <Choice
        label={text.columns.status}
        all={text.allStates}
        options={STATES.map((value) => ({ value, label: text.states[value] }))}
        value={state?.[0]}
        onChoose={(value) => choose({ state: value ? STATES.filter((one) => one === value) : undefined })}
      />
      <Choice
        label={strings.common.periodLabel}
        all={strings.common.period(0)}
        options={PERIODS.filter((value) => value > 0).map((value) => ({
          value: String(value),
          label: strings.common.period(value),
        }))}
        value={days}
        onChoose={(value = "") => {
          setDays(value);
          choose({ since: sinceOf(Number(value), new Date()) ?? undefined });
        }}
      />
    </SpaceBetween>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly options: SelectProps.Option[];
  readonly value: string | undefined;
  readonly onChoose: (value: string | undefined) => void;
}

function Choice({ label, all, options, value, onChoose }: ChoiceProps): React.ReactNode {
  const offered = [{ value: "", label: all }, ...options];
  return (
    <Select
      ariaLabel={label}
      options={offered}
      selectedOption={offered.find((option) => option.value === (value ?? "")) ?? null}
      onChange={({ detail }) =>
        onChoose(detail.selectedOption.value === "" ? undefined : detail.selectedOption.value)
      }
    />
  );
}
