import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { Appearance, BrandSummary } from "@/api/analysis.gen";
import { anyBrandSeconds, summarizeBrands } from "@/exposure/metrics";
import { certainty, duration, percent } from "@/shared/format";
import type { LabelColours } from "@/shared/labelColours";
import { Swatch } from "@/shared/Swatch";
import { strings } from "@/strings";

const text = strings.result;

interface Props {
  readonly appearances: readonly Appearance[];
  /** The same without people's marks, where there are any. */
  readonly unmarked: readonly Appearance[] | null;
  readonly colours: LabelColours;
  readonly empty: React.ReactNode;
  readonly controls?: React.ReactNode;
}

/** The brands' totals; where people corrected the result, what they were before beside what they are. */
export function Totals({ appearances, unmarked, colours, empty, controls }: Props): React.ReactNode {
  const brands = summarizeBrands(appearances);
  const before = new Map(unmarked && summarizeBrands(unmarked).map((brand) => [brand.label, brand]));
  const gone = [...before.values()].filter(({ label }) => !brands.some((brand) => brand.label === label));
  const rows = [...brands, ...gone.map(nothingOf)];
  const isVideo = rows.some(({ on_screen_seconds: seconds }) => seconds !== null);
  return (
    <Table
      variant="container"
      contentDensity="compact"
      items={rows}
      trackBy="label"
      wrapLines
      columnDefinitions={columns(isVideo, unmarked ? before : null, colours)}
      ariaLabels={{ tableLabel: text.totals }}
      header={
        <Header
          variant="h2"
          description={
            isVideo && brands.length > 0 && `${text.anyBrand}: ${duration(anyBrandSeconds(appearances))}`
          }
        >
          {text.totals}
        </Header>
      }
      filter={controls}
      empty={empty}
    />
  );
}

function columns(
  isVideo: boolean,
  before: ReadonlyMap<string, BrandSummary> | null,
  colours: LabelColours,
): TableProps.ColumnDefinition<BrandSummary>[] {
  const figure = (of: (brand: BrandSummary) => string) => (brand: BrandSummary) => {
    const old = before?.get(brand.label);
    const was = before && of(old ?? nothingOf(brand));
    return was !== null && was !== of(brand) ? <Changed was={was} is={of(brand)} /> : of(brand);
  };
  const seconds: TableProps.ColumnDefinition<BrandSummary> = {
    id: "seconds",
    header: text.onScreen,
    cell: figure((brand) => duration(brand.on_screen_seconds ?? 0)),
  };
  return [
    {
      id: "brand",
      header: text.brand,
      isRowHeader: true,
      cell: ({ label }) => <Swatch label={label} colours={colours} />,
    },
    ...(isVideo ? [seconds] : []),
    { id: "share", header: text.share, cell: figure((brand) => percent(brand.share_of_voice)) },
    ...(isVideo
      ? [{ id: "appearances", header: text.appearances, cell: figure((brand) => String(brand.appearances)) }]
      : []),
    { id: "area", header: text.area, cell: figure((brand) => percent(brand.mean_area_fraction)) },
    {
      id: "confidence",
      header: text.confidence,
      cell: (brand) => (brand.peak_confidence ? certainty(brand.peak_confidence) : strings.common.none),
    },
  ];
}

/** A figure that people's marks changed: before, struck out, and after. */
function Changed({ was, is }: { readonly was: string; readonly is: string }): React.ReactNode {
  return (
    <>
      <Box variant="span" color="text-body-secondary">
        <s aria-label={`${text.before} ${was}`}>{was}</s>
      </Box>{" "}
      <strong aria-label={`${text.after} ${is}`}>{is}</strong>
    </>
  );
}

/** A brand of which nothing is left. */
function nothingOf(brand: BrandSummary): BrandSummary {
  return {
    ...brand,
    on_screen_seconds: brand.on_screen_seconds === null ? null : 0,
    appearances: 0,
    mean_area_fraction: 0,
    share_of_voice: 0,
    peak_confidence: 0,
  };
}
