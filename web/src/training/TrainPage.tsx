import Header from "@cloudscape-design/components/header";
import type { RouteComponentProps } from "wouter";
import { useProject } from "@/api/projects";
import { EditorsOnly } from "@/shared/EditorsOnly";
import { Loaded } from "@/shared/Loaded";
import { PageContent } from "@/shared/PageContent";
import { strings } from "@/strings";
import { TrainForm } from "@/training/TrainForm";

/** A batch of pictures and videos to teach a project's brands with. */
export default function TrainPage({ params }: RouteComponentProps): React.ReactNode {
  const name = params.project ?? "";
  const project = useProject(name);
  return (
    <EditorsOnly>
      <Loaded query={project}>
        {(found) => (
          <PageContent
            title={strings.train.title(name)}
            header={
              <Header variant="h1" description={strings.train.description(found.labels.join(", "))}>
                {strings.train.title(name)}
              </Header>
            }
          >
            <TrainForm project={found} />
          </PageContent>
        )}
      </Loaded>
    </EditorsOnly>
  );
}
