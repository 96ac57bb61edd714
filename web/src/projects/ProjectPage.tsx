import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RouteComponentProps } from "wouter";
import { useProject } from "@/api/projects";
import type { ProjectItem } from "@/api/types";
import { Versions } from "@/projects/Versions";
import { useSession } from "@/session/SessionContext";
import { moment, percent } from "@/shared/format";
import { Loaded } from "@/shared/Loaded";
import { PageButton } from "@/shared/PageButton";
import { PageContent } from "@/shared/PageContent";
import { strings } from "@/strings";

const text = strings.projects;

/** One project: its brands, and the model versions that were taught them. */
export default function ProjectPage({ params }: RouteComponentProps): React.ReactNode {
  const { isEditor } = useSession();
  const name = params.project ?? "";
  return (
    <Loaded query={useProject(name)}>
      {(project) => (
        <PageContent
          title={name}
          header={
            <Header
              variant="h1"
              actions={
                isEditor && (
                  <SpaceBetween size="xs" direction="horizontal">
                    <PageButton
                      to={`/projects/${name}/train`}
                      variant={project.active_model ? "normal" : "primary"}
                    >
                      {text.train}
                    </PageButton>
                    {project.active_model && (
                      <PageButton to="/analyze" variant="primary">
                        {strings.sections.analyze}
                      </PageButton>
                    )}
                  </SpaceBetween>
                )
              }
            >
              {name}
            </Header>
          }
        >
          <Facts project={project} />
          <Versions project={project} />
        </PageContent>
      )}
    </Loaded>
  );
}

function Facts({ project }: { readonly project: ProjectItem }): React.ReactNode {
  return (
    <Container>
      <KeyValuePairs
        columns={4}
        items={[
          { label: text.labels, value: project.labels.join(", ") },
          { label: text.type, value: text.types[project.label_type].name },
          { label: text.detector, value: text.detectors[project.detector].name },
          { label: text.activeModel, value: project.active_model?.version ?? text.noModel },
          { label: text.gate, value: project.min_f1 > 0 ? percent(project.min_f1) : text.noGate },
          { label: text.created, value: moment(project.created_at) },
        ]}
      />
    </Container>
  );
}
