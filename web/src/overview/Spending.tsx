import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useSpending } from "@/api/costs";
import type { MonthSpending } from "@/api/types";
import { usd } from "@/shared/format";
import { Loaded } from "@/shared/Loaded";
import { strings } from "@/strings";
import "@/overview/overview.css";

const text = strings.overview.spending;

/** What the jobs of this month have cost, and what is set aside for those that run. */
export function Spending(): React.ReactNode {
  return (
    <Container fitHeight header={<Header variant="h2">{text.title}</Header>}>
      <Loaded query={useSpending()}>{(spending) => <Sum spending={spending} />}</Loaded>
    </Container>
  );
}

function Sum({ spending }: { readonly spending: MonthSpending }): React.ReactNode {
  const jobs = spending.projects.reduce((total, project) => total + project.jobs, 0);
  return (
    <>
      <Box fontSize="display-l" fontWeight="bold">
        {usd(spending.total.estimated_usd)}
      </Box>
      <Box color="text-body-secondary">{jobs === 0 ? text.none : text.jobs(jobs)}</Box>
      {spending.budget_per_month !== null && (
        <Box color="text-body-secondary">{text.budget(usd(spending.budget_per_month))}</Box>
      )}
      {spending.booked_usd > 0 && (
        <Box color="text-body-secondary">{text.booked(usd(spending.booked_usd))}</Box>
      )}
      {spending.projects.length > 0 && (
        <details className="spending-projects">
          <summary>{text.byProject}</summary>
          <dl>
            {spending.projects.map(({ project, spent, jobs: count }) => (
              <div key={project}>
                <dt>{project}</dt>
                <dd>
                  {usd(spent.estimated_usd)}, {text.jobs(count)}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
