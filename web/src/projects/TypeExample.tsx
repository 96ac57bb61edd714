import type { NewProject } from "@/api/types";
import { strings } from "@/strings";

interface Props {
  readonly type: NonNullable<NewProject["label_type"]>;
}

/** A drawn example: boxes around each logo, or one name for the whole picture. */
export function TypeExample({ type }: Props): React.ReactNode {
  return (
    <svg
      viewBox="0 0 260 120"
      className="type-example"
      role="img"
      aria-label={strings.newProject.examples[type]}
    >
      <rect width="260" height="120" fill="#dfe7f2" />
      <rect y="78" width="260" height="42" fill="#8fb08c" />
      <rect x="18" y="56" width="92" height="26" fill="#fff" />
      <circle cx="34" cy="69" r="8" fill="#c4420d" />
      <rect x="48" y="64" width="50" height="10" rx="2" fill="#c4420d" />
      <rect x="168" y="40" width="66" height="34" fill="#fff" />
      <path d="M178 66l10-18 10 18z" fill="#2962d9" />
      <rect x="202" y="53" width="26" height="9" rx="2" fill="#2962d9" />
      {type === "object" ? (
        <g fill="none" strokeWidth="2.5">
          <rect x="22" y="57" width="80" height="24" stroke="#c4420d" />
          <rect x="174" y="44" width="58" height="26" stroke="#2962d9" />
        </g>
      ) : (
        <g>
          <rect x="1.5" y="1.5" width="257" height="117" fill="none" stroke="#0b7a6f" strokeWidth="3" />
          <rect width="86" height="22" fill="#0b7a6f" />
          <text x="9" y="15.5" fontSize="12" fontWeight="600" fill="#fff">
            {strings.newProject.conceptExample}
          </text>
        </g>
      )}
    </svg>
  );
}
