import BarChart from "@cloudscape-design/components/bar-chart";
import Box from "@cloudscape-design/components/box";
import type { Appearance } from "@/api/analysis.gen";
import type { LabelColours } from "@/shared/labelColours";
import { strings } from "@/strings";
import { perMinute } from "@/video/brandMinutes";

const text = strings.video;

interface Props {
  readonly appearances: readonly Appearance[];
  readonly duration: number;
  readonly colours: LabelColours;
}

/** For how long each brand shows in each minute. */
export default function PerMinuteChart({ appearances, duration, colours }: Props): React.ReactNode {
  const brands = perMinute(appearances, duration);
  const minutes = brands[0]?.seconds.map((_, minute) => String(minute + 1)) ?? [];
  return (
    <BarChart
      series={brands.map(({ label, seconds }) => ({
        type: "bar" as const,
        title: label,
        ...(colours.has(label) ? { color: colours.get(label) ?? "" } : {}),
        data: seconds.map((y, minute) => ({ x: String(minute + 1), y })),
        valueFormatter: (y: number) => `${y.toFixed(1)} s`,
      }))}
      xDomain={minutes}
      xTitle={text.minute}
      ariaLabel={text.perMinute}
      stackedBars
      hideFilter
      height={200}
      empty={<Box textAlign="center">{strings.result.nothing}</Box>}
    />
  );
}
