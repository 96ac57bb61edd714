import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useProjects } from "@/api/projects";
import type { ProjectItem } from "@/api/types";
import { useSession } from "@/session/SessionContext";
import { Empty } from "@/shared/Empty";
import { Failure } from "@/shared/Failure";
import { moment } from "@/shared/format";
import { PageButton } from "@/shared/PageButton";
import { PageLink } from "@/shared/PageLink";
import { usePageTitle } from "@/shared/usePageTitle";
import { strings } from "@/strings";

const text = strings.projects;

const COLUMNS: TableProps.ColumnDefinition<ProjectItem>[] = [
  {
    id: "name",
    header: text.name,
    isRowHeader: true,
    minWidth: 130,
    cell: ({ name }) => <PageLink to={`/projects/${name}`}>{name}</PageLink>,
  },
  { id: "labels", header: text.labels, minWidth: 150, cell: ({ labels }) => labels.join(", ") },
  { id: "type", header: text.type, minWidth: 130, cell: ({ label_type: type }) => text.types[type].name },
  {
    id: "detector",
    header: text.detector,
    minWidth: 150,
    cell: ({ detector }) => text.detectors[detector].name,
  },
  {
    id: "model",
    header: text.activeModel,
    minWidth: 120,
    cell: ({ active_model: model }) =>
      model ? (
        <StatusIndicator>{model.version}</StatusIndicator>
      ) : (
        <StatusIndicator type="pending">{text.noModel}</StatusIndicator>
      ),
  },
  { id: "created", header: text.created, minWidth: 160, cell: ({ created_at: created }) => moment(created) },
];

/** Every project, with the brands it looks for and the model that does. */
export default function ProjectsPage(): React.ReactNode {
  const { isEditor } = useSession();
  const query = useProjects();
  usePageTitle(text.title);
  if (query.error && !query.data)
    return <Failure problem={query.error} onRetry={() => void query.refetch()} />;
  const create = isEditor && (
    <PageButton to="/new-project" variant="primary">
      {text.create}
    </PageButton>
  );
  return (
    <Table
      items={query.data ?? []}
      columnDefinitions={COLUMNS}
      trackBy="name"
      wrapLines
      loading={query.isPending}
      loadingText={strings.loading}
      ariaLabels={{ tableLabel: text.title }}
      header={
        <Header variant="h1" actions={create}>
          {text.title}
        </Header>
      }
      empty={<Empty title={text.empty} hint={text.emptyHint} action={create} />}
    />
  );
}
