import type { QuoteAnswer } from "@/api/types";
import { usd } from "@/shared/format";
import { strings } from "@/strings";

/** Why some of the files would be refused for the budget's sake, in words; null where none would. */
export function overBudget({ files, total, budget }: QuoteAnswer): string | null {
  const { per_job: perJob, per_month: perMonth, booked_this_month: booked } = budget;
  const tooDear = perJob === null ? 0 : files.filter(({ quote }) => quote.cost.estimated_usd > perJob).length;
  if (perJob !== null && tooDear > 0) return strings.analyze.overPerJob(tooDear, usd(perJob));
  if (perMonth !== null && booked + total.estimated_usd > perMonth) {
    return strings.analyze.overPerMonth(usd(Math.max(perMonth - booked, 0)), usd(perMonth));
  }
  return null;
}
