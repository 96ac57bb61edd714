import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import type { ProjectItem } from "@/api/types";
import { strings } from "@/strings";

interface Props {
  readonly projects: readonly ProjectItem[];
  readonly value: string;
  readonly onChange: (project: string) => void;
  readonly hint?: string;
}

export function ProjectSelect({ projects, value, onChange, hint = "" }: Props): React.ReactNode {
  const options = projects.map(({ name, labels }) => ({
    value: name,
    label: name,
    description: labels.join(", "),
  }));
  return (
    <FormField label={strings.common.project} description={hint}>
      <Select
        options={options}
        selectedOption={options.find((option) => option.value === value) ?? null}
        placeholder={strings.common.chooseProject}
        filteringType={options.length > 10 ? "auto" : "none"}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
