import Header from "@cloudscape-design/components/header";
import { useTeam } from "@/api/team";
import { Loaded } from "@/shared/Loaded";
import { PageContent } from "@/shared/PageContent";
import { strings } from "@/strings";
import { LabelingJobs } from "@/team/LabelingJobs";
import { Members } from "@/team/Members";

/** Who labels, where, and how far they are; and who else is on the team. */
export default function LabelingPage(): React.ReactNode {
  return (
    <PageContent
      title={strings.sections.labeling}
      header={
        <Header variant="h1" description={strings.team.description}>
          {strings.sections.labeling}
        </Header>
      }
    >
      <Loaded query={useTeam()}>
        {(team) => (
          <>
            <LabelingJobs portalUrl={team.labeling_url} />
            <Members team={team} />
          </>
        )}
      </Loaded>
    </PageContent>
  );
}
