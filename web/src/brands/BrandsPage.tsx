import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { useExposures, useProjects } from "@/api/projects";
import { FoundOverTime } from "@/brands/FoundOverTime";
import type { Measure } from "@/brands/overTime";
import { PERIODS, sinceOf } from "@/shared/periods";
import { Empty } from "@/shared/Empty";
import { Loaded } from "@/shared/Loaded";
import { PageContent } from "@/shared/PageContent";
import { strings } from "@/strings";

const text = strings.brands;
const MEASURES: readonly Measure[] = ["seconds", "share", "appearances"];

/** How a project's brands did over time, across all of its analyses. */
export default function BrandsPage(): React.ReactNode {
  const projects = useProjects();
  const [chosen, setChosen] = useState("");
  const [days, setDays] = useState(30);
  const [measure, setMeasure] = useState<Measure>("seconds");
  const project = chosen || (projects.data?.[0]?.name ?? "");
  const since = useMemo(() => sinceOf(days, new Date()), [days]);
  const exposures = useExposures(project, since);
  const options = (projects.data ?? []).map(({ name }) => ({ value: name, label: name }));
  const periods = PERIODS.map((value) => ({ value: String(value), label: strings.common.period(value) }));
  return (
    <PageContent
      title={strings.sections.brands}
      header={
        <Header variant="h1" description={text.description}>
          {strings.sections.brands}
        </Header>
      }
    >
      <Loaded query={projects}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={strings.projects.empty} hint={strings.projects.emptyHint} />
          ) : (
            <>
              <SpaceBetween size="xs" direction="horizontal">
                <Select
                  ariaLabel={strings.common.project}
                  options={options}
                  selectedOption={options.find(({ value }) => value === project) ?? null}
                  onChange={({ detail }) => setChosen(detail.selectedOption.value ?? "")}
                />
                <Select
                  ariaLabel={strings.common.periodLabel}
                  options={periods}
                  selectedOption={periods.find(({ value }) => value === String(days)) ?? null}
                  onChange={({ detail }) => setDays(Number(detail.selectedOption.value))}
                />
                <SegmentedControl
                  label={text.measure}
                  selectedId={measure}
                  options={MEASURES.map((id) => ({ id, text: text.measures[id] }))}
                  onChange={({ detail }) =>
                    setMeasure(MEASURES.find((one) => one === detail.selectedId) ?? measure)
                  }
                />
              </SpaceBetween>
              <Loaded query={exposures}>
                {(found) => <FoundOverTime found={found} measure={measure} />}
              </Loaded>
            </>
          )
        }
      </Loaded>
    </PageContent>
  );
}
