import { useCollection } from "@cloudscape-design/collection-hooks";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import type { JobExposures } from "@/api/types";
import { duration, moment, percent } from "@/shared/format";
import { PageLink } from "@/shared/PageLink";
import { strings } from "@/strings";

const text = strings.brands;
const PAGE_SIZE = 20;

/** The analyses that the chart is made of. */
export function AnalysesTable({ jobs }: { readonly jobs: readonly JobExposures[] }): React.ReactNode {
  const { items, collectionProps, paginationProps } = useCollection(jobs, {
    pagination: { pageSize: PAGE_SIZE },
    sorting: {},
  });
  return (
    <Table
      {...collectionProps}
      items={items}
      trackBy="job_id"
      wrapLines
      contentDensity="compact"
      ariaLabels={{ tableLabel: text.analyses }}
      header={
        <Header variant="h2" counter={`(${jobs.length})`}>
          {text.analyses}
        </Header>
      }
      pagination={<Pagination {...paginationProps} ariaLabels={strings.table.pages} />}
      columnDefinitions={[
        {
          id: "name",
          header: strings.jobs.columns.name,
          isRowHeader: true,
          minWidth: 140,
          sortingField: "name",
          cell: ({ job_id: id, name }) => <PageLink to={`/jobs/${id}`}>{name}</PageLink>,
        },
        {
          id: "created",
          header: strings.jobs.columns.created,
          minWidth: 170,
          sortingField: "created_at",
          cell: ({ created_at: created }) => moment(created),
        },
        {
          id: "brands",
          header: text.found,
          minWidth: 240,
          cell: ({ brands }) => brands.map(inWords).join(", ") || strings.common.none,
        },
      ]}
    />
  );
}

function inWords({
  label,
  on_screen_seconds: seconds,
  share_of_voice: share,
}: JobExposures["brands"][number]): string {
  return seconds === null ? `${label} ${percent(share)}` : `${label} ${duration(seconds)}`;
}
