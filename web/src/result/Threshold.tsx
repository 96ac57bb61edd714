import FormField from "@cloudscape-design/components/form-field";
import Slider from "@cloudscape-design/components/slider";
import { certainty } from "@/shared/format";
import { strings } from "@/strings";

const text = strings.result;

interface Props {
  readonly value: number;
  /** What the job ran with: below it nothing is known. */
  readonly least: number;
  readonly onChange: (threshold: number) => void;
}

/** The least confidence that counts. */
export function Threshold({ value, least, onChange }: Props): React.ReactNode {
  const from = Math.floor(least);
  return (
    <FormField
      label={`${text.threshold}: ${certainty(value)}`}
      description={text.thresholdHint(certainty(least))}
    >
      <Slider
        value={value}
        min={from}
        max={100}
        step={1}
        hideFillLine
        valueFormatter={certainty}
        ariaLabel={text.threshold}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}
