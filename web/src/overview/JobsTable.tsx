import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { lazy, Suspense, useState } from "react";
import { type JobFilter, useJobs } from "@/api/jobs";
import type { JobItem } from "@/api/types";
import { JobStatus } from "@/job/JobStatus";
import { Empty } from "@/shared/Empty";
import { Failure } from "@/shared/Failure";
import { moment } from "@/shared/format";
import { Outdated } from "@/shared/Outdated";
import { PageLink } from "@/shared/PageLink";
import { strings } from "@/strings";
import "@/overview/overview.css";

// Its lists are as large as the rest of the page, and few visits need them.
const JobsFilter = lazy(() => import("@/overview/JobsFilter"));

const text = strings.jobs;

const COLUMNS: TableProps.ColumnDefinition<JobItem>[] = [
  {
    id: "name",
    header: text.columns.name,
    cell: (job) => <PageLink to={`/jobs/${job.job_id}`}>{job.name}</PageLink>,
    isRowHeader: true,
    minWidth: 150,
  },
  { id: "status", header: text.columns.status, cell: (job) => <JobStatus job={job} />, minWidth: 200 },
  { id: "project", header: text.columns.project, cell: ({ project }) => project, minWidth: 120 },
  { id: "kind", header: text.columns.kind, cell: ({ kind }) => text.kinds[kind], minWidth: 100 },
  { id: "created", header: text.columns.created, cell: (job) => moment(job.created_at), minWidth: 170 },
];

/** The jobs, the newest first, kept current without a reload. */
export function JobsTable(): React.ReactNode {
  const [filter, setFilter] = useState<JobFilter>({});
  const [isFiltering, setFiltering] = useState(false);
  const query = useJobs(filter);
  if (query.error && !query.data)
    return <Failure problem={query.error} onRetry={() => void query.refetch()} />;
  const toggleFilter = (): void => {
    setFiltering(!isFiltering);
    setFilter({});
  };
  const isFiltered = Object.keys(filter).length > 0;
  const table = (
    <Table
      items={query.data ?? []}
      columnDefinitions={COLUMNS}
      trackBy="job_id"
      loading={query.isPending}
      loadingText={strings.loading}
      wrapLines
      variant="container"
      ariaLabels={{ tableLabel: text.title }}
      header={
        <Header
          variant="h2"
          actions={
            <Button iconName="filter" ariaExpanded={isFiltering} onClick={toggleFilter}>
              {text.filter}
            </Button>
          }
        >
          {text.title}
        </Header>
      }
      filter={
        isFiltering && (
          <Suspense fallback={<div className="jobs-filter-space" />}>
            <JobsFilter filter={filter} onChange={setFilter} />
          </Suspense>
        )
      }
      empty={isFiltered ? <Empty title={text.noMatch} /> : <Empty title={text.empty} hint={text.emptyHint} />}
      footer={
        query.hasNextPage && (
          <Button
            variant="link"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {strings.common.more}
          </Button>
        )
      }
    />
  );
  return (
    <>
      {query.isRefetchError && <Outdated problem={query.error} onRetry={() => void query.refetch()} />}
      {query.isFetchNextPageError && (
        <Failure problem={query.error} onRetry={() => void query.fetchNextPage()} />
      )}
      {table}
    </>
  );
}
