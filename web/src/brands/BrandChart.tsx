import MixedLineBarChart from "@cloudscape-design/components/mixed-line-bar-chart";
import type { BrandSeries, Measure } from "@/brands/overTime";
import { duration } from "@/shared/format";
import type { LabelColours } from "@/shared/labelColours";
import { strings } from "@/strings";

const text = strings.brands;
const DAY = { day: "numeric", month: "short" } as const;
const YEAR_MS = 365 * 86_400_000;

interface Props {
  readonly series: readonly BrandSeries[];
  readonly measure: Measure;
  readonly colours: LabelColours;
}

/** A bar a day, each brand a part of it: days without an analysis have none, so a line would tell a tale. */
export default function BrandChart({ series, measure, colours }: Props): React.ReactNode {
  const dates = series[0]?.points.map(({ day }) => day) ?? [];
  // The axis tells days apart by their words.
  const isLong = Number(dates.at(-1) ?? 0) - Number(dates[0] ?? 0) >= YEAR_MS;
  const words = new Intl.DateTimeFormat("en-GB", isLong ? { ...DAY, year: "numeric" } : DAY);
  const worded = (value: number): string => {
    if (measure === "seconds") return duration(value);
    return measure === "share" ? `${value.toFixed(1)}%` : String(value);
  };
  return (
    <MixedLineBarChart
      series={series.map(({ label, points }) => ({
        type: "bar" as const,
        title: label,
        color: colours.get(label) ?? "",
        data: points.map(({ day, value }) => ({ x: words.format(day), y: value })),
        valueFormatter: worded,
      }))}
      xDomain={dates.map((day) => words.format(day))}
      xScaleType="categorical"
      stackedBars
      hideFilter
      height={260}
      ariaLabel={text.measures[measure]}
      xTitle={text.day}
    />
  );
}
