import Header from "@cloudscape-design/components/header";
import { JobsTable } from "@/overview/JobsTable";
import { RunningModels } from "@/overview/RunningModels";
import { Spending } from "@/overview/Spending";
import { useSession } from "@/session/SessionContext";
import { PageContent } from "@/shared/PageContent";
import { PageButton } from "@/shared/PageButton";
import { Columns } from "@/shared/Columns";
import { strings } from "@/strings";

/** What goes on: jobs live, what the month has cost, and the models that cost by the hour. */
export default function OverviewPage(): React.ReactNode {
  const { isEditor } = useSession();
  const analyze = isEditor && (
    <PageButton to="/analyze" variant="primary">
      {strings.sections.analyze}
    </PageButton>
  );
  return (
    <PageContent
      title={strings.overview.title}
      header={
        <Header variant="h1" actions={analyze}>
          {strings.overview.title}
        </Header>
      }
    >
      <Columns first={40}>
        <Spending />
        <RunningModels />
      </Columns>
      <JobsTable />
    </PageContent>
  );
}
