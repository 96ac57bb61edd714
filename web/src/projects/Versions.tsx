import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useActivateModel, useModels } from "@/api/projects";
import type { ModelItem, ProjectItem } from "@/api/types";
import { LabelScores } from "@/projects/LabelScores";
import { useSession } from "@/session/SessionContext";
import { Empty } from "@/shared/Empty";
import { Failure } from "@/shared/Failure";
import { moment, percent } from "@/shared/format";
import { PageLink } from "@/shared/PageLink";
import { strings } from "@/strings";

const text = strings.versions;

/** Every model version of a project with how good it is, by label; editors choose the one that is used. */
export function Versions({ project }: { readonly project: ProjectItem }): React.ReactNode {
  const { isEditor } = useSession();
  const query = useModels(project.name);
  const activate = useActivateModel();
  if (query.error && !query.data)
    return <Failure problem={query.error} onRetry={() => void query.refetch()} />;
  const use = (item: ModelItem): React.ReactNode =>
    isUsable(item) && (
      <Button
        variant="inline-link"
        loading={activate.isPending && activate.variables === item.id}
        ariaLabel={text.activateLabel(item.version.version)}
        onClick={() => activate.mutate(item.id)}
      >
        {text.activate}
      </Button>
    );
  return (
    <>
      {activate.error && <Failure problem={activate.error} />}
      <Table
        items={query.data ?? []}
        trackBy="id"
        wrapLines
        loading={query.isPending}
        loadingText={strings.loading}
        columnDefinitions={[
          ...COLUMNS,
          ...(isEditor ? [{ id: "use", header: "", minWidth: 150, cell: use }] : []),
        ]}
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header variant="h2" description={text.hint}>
            {text.title}
          </Header>
        }
        empty={<Empty title={text.empty} hint={text.emptyHint} />}
      />
    </>
  );
}

const COLUMNS: TableProps.ColumnDefinition<ModelItem>[] = [
  {
    id: "version",
    header: text.version,
    isRowHeader: true,
    cell: ({ version: { version, job_id: job } }) =>
      job ? <PageLink to={`/jobs/${job}`}>{version}</PageLink> : version,
  },
  { id: "status", header: text.status, minWidth: 230, cell: (item) => <Status item={item} /> },
  {
    id: "f1",
    header: text.f1,
    cell: ({ version: { f1 } }) => (f1 === null ? strings.common.none : percent(f1)),
  },
  {
    id: "labels",
    header: text.labels,
    minWidth: 320,
    cell: ({ version: { scores } }) => <LabelScores scores={scores} />,
  },
  {
    id: "created",
    header: text.created,
    minWidth: 160,
    cell: ({ version: { created_at: created } }) => (created ? moment(created) : strings.common.none),
  },
];

function Status({ item: { version } }: { readonly item: ModelItem }): React.ReactNode {
  if (version.active) return <StatusIndicator>{text.active}</StatusIndicator>;
  if (version.status.endsWith("FAILED")) return <Told type="error" what={text.failed} why={version.reason} />;
  if (version.status === "TRAINING_IN_PROGRESS")
    return <StatusIndicator type="in-progress">{text.training}</StatusIndicator>;
  return <Told type="stopped" what={text.notUsed} why={version.reason} />;
}

interface ToldProps {
  readonly type: StatusIndicatorProps.Type;
  readonly what: string;
  readonly why: string | null;
}

function Told({ type, what, why }: ToldProps): React.ReactNode {
  return (
    <>
      <StatusIndicator type={type}>{what}</StatusIndicator>
      {why && (
        <Box fontSize="body-s" color="text-body-secondary">
          {why}
        </Box>
      )}
    </>
  );
}

/** Only what was judged can be used. */
function isUsable({ version: { active, scores, status } }: ModelItem): boolean {
  return !active && scores !== null && status !== "DELETED";
}
