import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { strings } from "@/strings";
import "@/projects/projects.css";

const text = strings.newProject;

interface Props {
  readonly labels: readonly string[];
  /** What is wrong with each label, and with all together; empty where nothing is. */
  readonly problems: readonly string[];
  readonly problem: string;
  readonly onChange: (labels: readonly string[]) => void;
}

/** The brands to look for, a row each. */
export function LabelRows({ labels, problems, problem, onChange }: Props): React.ReactNode {
  return (
    <FormField label={text.labels} description={text.labelsHint} errorText={problem}>
      <SpaceBetween size="xs">
        {labels.map((label, place) => (
          <div key={place} className="label-row">
            <FormField errorText={label === "" ? "" : problems[place]}>
              <Input
                value={label}
                ariaLabel={text.label(place + 1)}
                placeholder={text.labelExample}
                onChange={({ detail }) => onChange(labels.with(place, detail.value))}
              />
            </FormField>
            {labels.length > 1 && (
              <Button
                iconName="close"
                variant="icon"
                formAction="none"
                ariaLabel={text.removeLabel(label || String(place + 1))}
                onClick={() => onChange(labels.toSpliced(place, 1))}
              />
            )}
          </div>
        ))}
        <Button iconName="add-plus" formAction="none" onClick={() => onChange([...labels, ""])}>
          {text.addLabel}
        </Button>
      </SpaceBetween>
    </FormField>
  );
}
