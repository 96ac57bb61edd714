import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { useState } from "react";
import { useLocation } from "wouter";
import { useCreateProject, useProjects } from "@/api/projects";
import type { NewProject } from "@/api/types";
import { LabelRows } from "@/projects/LabelRows";
import { labelProblems, labelsProblem, nameProblem } from "@/projects/projectRules";
import { TypeExample } from "@/projects/TypeExample";
import { EditorsOnly } from "@/shared/EditorsOnly";
import { problemInWords } from "@/shared/Failure";
import { PageButton } from "@/shared/PageButton";
import { usePageTitle } from "@/shared/usePageTitle";
import { strings } from "@/strings";

const text = strings.newProject;
const { types, detectors } = strings.projects;
type LabelType = NonNullable<NewProject["label_type"]>;
type Detector = NonNullable<NewProject["detector"]>;
const TYPES: readonly LabelType[] = ["object", "concept"];
const DETECTORS: readonly Detector[] = ["rekognition", "embedded"];

/** Makes a project; every rule is told as one types. */
export default function NewProjectPage(): React.ReactNode {
  return (
    <EditorsOnly>
      <NewProjectForm />
    </EditorsOnly>
  );
}

function NewProjectForm(): React.ReactNode {
  const [, go] = useLocation();
  const taken = (useProjects().data ?? []).map((project) => project.name);
  const create = useCreateProject();
  usePageTitle(text.title);
  const [name, setName] = useState("");
  const [labels, setLabels] = useState<readonly string[]>([""]);
  const [type, setType] = useState<LabelType>("object");
  const [detector, setDetector] = useState<Detector>("rekognition");
  const nameError = nameProblem(name, taken);
  const labelErrors = labelProblems(labels);
  const labelsError = labelsProblem(labels, type);
  const isGood = !nameError && !labelsError && labelErrors.every((problem) => !problem);
  const submit = (event: React.SyntheticEvent): void => {
    event.preventDefault();
    if (!isGood) return;
    create.mutate(
      { name, labels: [...labels], label_type: type, detector, min_f1: 0 },
      { onSuccess: () => go(`/projects/${name}/train`) },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Form
        header={
          <Header variant="h1" description={text.description}>
            {text.title}
          </Header>
        }
        errorText={create.error && problemInWords(create.error)}
        actions={
          <SpaceBetween size="xs" direction="horizontal">
            <PageButton to="/projects" variant="link">
              {strings.common.cancel}
            </PageButton>
            <Button variant="primary" formAction="submit" disabled={!isGood} loading={create.isPending}>
              {text.submit}
            </Button>
          </SpaceBetween>
        }
      >
        <Container>
          <SpaceBetween size="l">
            <FormField label={text.name} description={text.nameHint} errorText={name === "" ? "" : nameError}>
              <Input
                value={name}
                onChange={({ detail }) => setName(detail.value.toLowerCase())}
                placeholder={text.nameExample}
              />
            </FormField>
            <FormField label={text.type} stretch>
              <Tiles
                columns={2}
                value={type}
                onChange={({ detail }) => setType(TYPES.find((one) => one === detail.value) ?? type)}
                items={TYPES.map((value) => ({
                  value,
                  label: types[value].name,
                  description: types[value].what,
                  image: <TypeExample type={value} />,
                }))}
              />
            </FormField>
            <LabelRows labels={labels} problems={labelErrors} problem={labelsError} onChange={setLabels} />
            <FormField label={text.detector}>
              <RadioGroup
                value={detector}
                onChange={({ detail }) =>
                  setDetector(DETECTORS.find((one) => one === detail.value) ?? detector)
                }
                items={DETECTORS.map((value) => ({
                  value,
                  label: detectors[value].name,
                  description: detectors[value].what,
                }))}
              />
            </FormField>
          </SpaceBetween>
        </Container>
      </Form>
    </form>
  );
}
