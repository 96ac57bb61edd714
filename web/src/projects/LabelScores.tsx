import type { ModelItem } from "@/api/types";
import { percent } from "@/shared/format";
import { strings } from "@/strings";
import "@/projects/projects.css";

const text = strings.versions;

/** How good a version is at each label, on pictures that it did not learn from. */
export function LabelScores({ scores }: Pick<ModelItem["version"], "scores">): React.ReactNode {
  if (!scores || scores.labels.length === 0) return strings.common.none;
  return (
    <div className="label-scores">
      {scores.labels.map(({ label, f1, precision, recall, test_pictures: pictures }) => (
        <span key={label} title={text.scoreDetails(percent(precision), percent(recall), pictures)}>
          {label} <strong>{percent(f1)}</strong>
        </span>
      ))}
    </div>
  );
}
