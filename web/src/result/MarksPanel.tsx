import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { Appearance } from "@/api/analysis.gen";
import type { Mark } from "@/api/types";
import { useRemoveMark } from "@/api/marks";
import { useSession } from "@/session/SessionContext";
import { Empty } from "@/shared/Empty";
import { Failure } from "@/shared/Failure";
import { clock, moment } from "@/shared/format";
import { strings } from "@/strings";

const text = strings.marks;

interface Props {
  readonly job: string;
  readonly marks: readonly Mark[];
  readonly appearances: readonly Appearance[];
}

/** What people say the result has wrong, who and when. */
export function MarksPanel({ job, marks, appearances }: Props): React.ReactNode {
  const { isEditor } = useSession();
  const remove = useRemoveMark(job);
  return (
    <>
      {remove.error && <Failure problem={remove.error} />}
      <Table
        variant="container"
        contentDensity="compact"
        wrapLines
        items={marks}
        trackBy="id"
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header variant="h2" counter={marks.length > 0 ? `(${marks.length})` : ""} description={text.hint}>
            {text.title}
          </Header>
        }
        empty={<Empty title={text.empty} />}
        columnDefinitions={[
          {
            id: "what",
            header: text.what,
            isRowHeader: true,
            cell: ({ mark }) => describe(mark, appearances),
          },
          { id: "by", header: text.byHeader, cell: ({ by, created_at: when }) => text.by(by, moment(when)) },
          {
            id: "remove",
            header: "",
            minWidth: 110,
            cell: (mark) =>
              mark.trained_by !== null
                ? text.trained
                : isEditor && (
                    <Button
                      variant="inline-link"
                      loading={remove.isPending && remove.variables === mark.id}
                      ariaLabel={`${text.remove}: ${describe(mark.mark, appearances)}`}
                      onClick={() => remove.mutate(mark.id)}
                    >
                      {text.remove}
                    </Button>
                  ),
          },
        ]}
      />
    </>
  );
}

function describe(mark: Mark["mark"], appearances: readonly Appearance[]): string {
  if (mark.kind === "missed")
    return `${text.kindMissed}: ${mark.label}${span(mark.start_seconds, mark.end_seconds)}`;
  const one = appearances.find(({ id }) => id === mark.appearance);
  return one ? `${text.kindWrong}: ${one.label}${span(one.start_seconds, one.end_seconds)}` : text.kindWrong;
}

function span(start: number | null | undefined, end: number | null | undefined): string {
  return start == null || end == null ? "" : `, ${clock(start)} - ${clock(end)}`;
}
