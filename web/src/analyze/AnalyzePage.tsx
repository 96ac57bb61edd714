import Header from "@cloudscape-design/components/header";
import { useProjects } from "@/api/projects";
import { AnalyzeForm } from "@/analyze/AnalyzeForm";
import { EditorsOnly } from "@/shared/EditorsOnly";
import { Empty } from "@/shared/Empty";
import { Loaded } from "@/shared/Loaded";
import { PageButton } from "@/shared/PageButton";
import { PageContent } from "@/shared/PageContent";
import { strings } from "@/strings";

const text = strings.analyze;

/** Files to be looked at: dropped, quoted, begun and followed. */
export default function AnalyzePage(): React.ReactNode {
  const projects = useProjects();
  return (
    <PageContent
      title={text.title}
      header={
        <Header variant="h1" description={text.description}>
          {text.title}
        </Header>
      }
    >
      <EditorsOnly>
        <Loaded query={projects}>
          {(all) => {
            const ready = all.filter(({ active_model: model }) => model !== null);
            if (ready.length > 0) return <AnalyzeForm projects={ready} />;
            return (
              <Empty
                title={text.noModel}
                hint={text.noModelHint}
                action={<PageButton to="/projects">{strings.sections.projects}</PageButton>}
              />
            );
          }}
        </Loaded>
      </EditorsOnly>
    </PageContent>
  );
}
