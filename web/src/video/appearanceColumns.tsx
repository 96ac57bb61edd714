import Link from "@cloudscape-design/components/link";
import type { TableProps } from "@cloudscape-design/components/table";
import type { Appearance } from "@/api/analysis.gen";
import { secondsOf } from "@/exposure/metrics";
import { ProofStill } from "@/result/ProofStill";
import { WrongButton, type WrongMarks } from "@/result/WrongButton";
import { certainty, clock, duration, percent } from "@/shared/format";
import type { LabelColours } from "@/shared/labelColours";
import { Swatch } from "@/shared/Swatch";
import { strings } from "@/strings";

const text = strings.table;

export interface ColumnContext {
  readonly colours: LabelColours;
  readonly proofs: ReadonlyMap<string, string>;
  readonly seek: (seconds: number) => void;
  readonly openProof: (appearance: Appearance) => void;
  /** What marks appearances as wrong; null for who may not. */
  readonly wrong: WrongMarks | null;
}

export function appearanceColumns({
  colours,
  proofs,
  seek,
  openProof,
  wrong,
}: ColumnContext): TableProps.ColumnDefinition<Appearance>[] {
  const columns: TableProps.ColumnDefinition<Appearance>[] = [
    {
      id: "proof",
      header: text.proof,
      width: 150,
      cell: (one) => (
        <ProofStill
          appearance={one}
          url={proofs.get(one.proof_frame.file)}
          colours={colours}
          onOpen={() => openProof(one)}
        />
      ),
    },
    {
      id: "brand",
      header: text.brand,
      sortingField: "label",
      isRowHeader: true,
      cell: ({ label }) => <Swatch label={label} colours={colours} />,
    },
    {
      id: "start",
      header: text.start,
      sortingField: "start_seconds",
      cell: ({ label, start_seconds: start }) => (
        <Link ariaLabel={text.goTo(label, clock(start ?? 0))} onFollow={() => seek(start ?? 0)}>
          {clock(start ?? 0)}
        </Link>
      ),
    },
    {
      id: "length",
      header: text.length,
      sortingComparator: (a, b) => (secondsOf(a) ?? 0) - (secondsOf(b) ?? 0),
      cell: (one) => duration(secondsOf(one) ?? 0),
    },
    {
      id: "area",
      header: text.area,
      sortingField: "mean_area_fraction",
      cell: (one) => percent(one.mean_area_fraction),
    },
    { id: "zone", header: text.zone, cell: ({ zone }) => (zone ? text.zones[zone] : strings.common.none) },
    {
      id: "confidence",
      header: text.confidence,
      sortingField: "peak_confidence",
      cell: (one) => certainty(one.peak_confidence),
    },
    {
      id: "sharpness",
      header: text.sharpness,
      sortingField: "sharpness",
      cell: ({ sharpness }) => (sharpness === null ? strings.common.none : sharpness.toFixed(2)),
    },
    {
      id: "others",
      header: text.others,
      cell: ({ others_on_screen: others }) => others.join(", ") || strings.common.none,
    },
  ];
  if (wrong) {
    columns.push({
      id: "actions",
      header: text.actions,
      cell: (one) => <WrongButton appearance={one} wrong={wrong} />,
    });
  }
  return columns;
}
