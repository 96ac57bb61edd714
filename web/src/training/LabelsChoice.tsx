import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTeam } from "@/api/team";
import { PageButton } from "@/shared/PageButton";
import { strings } from "@/strings";

const text = strings.train;

interface Props {
  /** The files that may hold annotations. */
  readonly offered: readonly string[];
  /** The one that does; empty where people are to label. */
  readonly value: string;
  readonly onChange: (file: string) => void;
}

/** Who says where the brands are: a file that was brought along, or people. */
export function LabelsChoice({ offered, value, onChange }: Props): React.ReactNode {
  const options = [
    { value: "", label: text.byPeople },
    ...offered.map((name) => ({ value: name, label: name })),
  ];
  return (
    <SpaceBetween size="s">
      <FormField label={text.labels} description={text.labelsHint}>
        <Select
          options={options}
          selectedOption={options.find((option) => option.value === value) ?? null}
          onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
        />
      </FormField>
      {value === "" && <NobodyLabels />}
    </SpaceBetween>
  );
}

/** Told where people are asked to label and there is nobody who could. */
function NobodyLabels(): React.ReactNode {
  const { data: team } = useTeam();
  const canLabel = team?.members.some(({ roles }) => roles.includes("labeler"));
  if (!team || canLabel || !team.labelers_managed_here) return null;
  return (
    <Alert
      type="warning"
      header={text.nobody}
      action={<PageButton to="/labeling">{strings.sections.labeling}</PageButton>}
    >
      {text.nobodyHint}
    </Alert>
  );
}
