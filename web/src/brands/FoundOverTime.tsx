import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { lazy, Suspense } from "react";
import type { FoundExposures } from "@/api/projects";
import { Waiting } from "@/app/Waiting";
import { AnalysesTable } from "@/brands/AnalysesTable";
import { type Measure, overTime } from "@/brands/overTime";
import { Empty } from "@/shared/Empty";
import { labelColours } from "@/shared/labelColours";
import { Notice } from "@/shared/Notice";
import { strings } from "@/strings";

const BrandChart = lazy(() => import("@/brands/BrandChart"));

const text = strings.brands;

interface Props {
  readonly found: FoundExposures;
  readonly measure: Measure;
}

/** The chart of what analyses found, and the analyses that it is made of. */
export function FoundOverTime({ found: { jobs, isWhole }, measure }: Props): React.ReactNode {
  if (jobs.length === 0) return <Empty title={text.empty} hint={text.emptyHint} />;
  const series = overTime(jobs, measure);
  const colours = labelColours(series.map(({ label }) => label));
  return (
    <>
      {!isWhole && <Notice type="warning">{text.notWhole(jobs.length)}</Notice>}
      <Container header={<Header variant="h2">{text.measures[measure]}</Header>}>
        <Suspense fallback={<Waiting />}>
          <BrandChart series={series} measure={measure} colours={colours} />
        </Suspense>
      </Container>
      <AnalysesTable jobs={jobs} />
    </>
  );
}
