import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { Appearance } from "@/api/analysis.gen";
import type { Detection } from "@/api/frames.gen";
import { coveredArea } from "@/exposure/geometry";
import { WrongButton, type WrongMarks } from "@/result/WrongButton";
import { Empty } from "@/shared/Empty";
import { certainty, percent } from "@/shared/format";
import type { LabelColours } from "@/shared/labelColours";
import { Swatch } from "@/shared/Swatch";
import { strings } from "@/strings";

interface Row {
  readonly appearance: Appearance;
  readonly boxes: readonly { readonly place: number; readonly detection: Detection }[];
}

interface Props {
  readonly detections: readonly Detection[];
  readonly appearances: readonly Appearance[];
  readonly colours: LabelColours;
  readonly pointed: number | null;
  readonly onPoint: (place: number | null) => void;
  readonly wrong: WrongMarks | null;
  readonly actions?: React.ReactNode;
}

/** How often each brand was found in the picture, box by box. */
export function BoxList({
  detections,
  appearances,
  colours,
  onPoint,
  pointed,
  wrong,
  actions,
}: Props): React.ReactNode {
  const rows = appearances.map((appearance): Row => ({
    appearance,
    boxes: detections
      .map((detection, place) => ({ place, detection }))
      .filter(({ detection }) => detection.label === appearance.label),
  }));
  const show = ({ place, detection }: Row["boxes"][number]): React.ReactNode => (
    <button
      key={place}
      type="button"
      className={place === pointed ? "box-chip pointed" : "box-chip"}
      onFocus={() => onPoint(place)}
      onBlur={() => onPoint(null)}
      onPointerEnter={() => onPoint(place)}
      onPointerLeave={() => onPoint(null)}
    >
      {certainty(detection.confidence)}
      {detection.box && `, ${percent(coveredArea([detection.box]))}`}
    </button>
  );
  return (
    <Table
      variant="container"
      contentDensity="compact"
      wrapLines
      items={rows}
      trackBy={({ appearance }) => appearance.id}
      ariaLabels={{ tableLabel: strings.image.boxes }}
      header={
        <Header
          variant="h2"
          counter={`(${detections.length})`}
          actions={actions}
          description={strings.image.hint}
        >
          {strings.image.boxes}
        </Header>
      }
      empty={<Empty title={strings.image.none} />}
      columnDefinitions={[
        {
          id: "brand",
          header: strings.table.brand,
          isRowHeader: true,
          cell: ({ appearance }) => <Swatch label={appearance.label} colours={colours} />,
        },
        { id: "count", header: strings.image.count, cell: ({ boxes }) => boxes.length },
        {
          id: "boxes",
          header: strings.image.each,
          cell: ({ boxes }) => <div className="box-chips">{boxes.map(show)}</div>,
        },
        ...(wrong
          ? [
              {
                id: "wrong",
                header: strings.table.actions,
                minWidth: 140,
                cell: ({ appearance }: Row) => <WrongButton appearance={appearance} wrong={wrong} />,
              },
            ]
          : []),
      ]}
    />
  );
}
