import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { bytes } from "@/shared/format";
import { PageLink } from "@/shared/PageLink";
import { strings } from "@/strings";
import { kindOf } from "@/upload/mediaKinds";
import type { UploadItem } from "@/upload/uploads";

const text = strings.upload;

interface Props {
  readonly items: readonly UploadItem[];
  readonly isBusy: boolean;
  readonly onRemove: (name: string) => void;
  /** Further columns, such as what a file will cost. */
  readonly columns?: TableProps.ColumnDefinition<UploadItem>[];
}

/** The files, how far each is, and why one failed. */
export function UploadTable({ items, isBusy, onRemove, columns = [] }: Props): React.ReactNode {
  const total = items.reduce((sum, { file }) => sum + file.size, 0);
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      wrapLines
      items={items}
      trackBy="name"
      ariaLabels={{ tableLabel: text.files }}
      header={
        <Header variant="h3" counter={`(${items.length})`} description={bytes(total)}>
          {text.files}
        </Header>
      }
      columnDefinitions={[
        { id: "name", header: text.name, isRowHeader: true, cell: ({ name }) => name },
        // On a phone only the first two columns show.
        { id: "status", header: text.status, minWidth: 180, cell: (item) => <Status item={item} /> },
        { id: "kind", header: text.kind, cell: ({ name }) => text.kinds[kindOf(name)] },
        { id: "size", header: text.size, cell: ({ file }) => bytes(file.size) },
        ...columns,
        {
          id: "remove",
          header: "",
          width: 60,
          cell: ({ name, status }) =>
            (status === "waiting" || status === "failed") && (
              <Button
                iconName="close"
                variant="icon"
                disabled={isBusy}
                ariaLabel={text.removeFile(name)}
                onClick={() => onRemove(name)}
              />
            ),
        },
      ]}
    />
  );
}

function Status({
  item: { name, status, sentBytes, file, error, jobId },
}: {
  readonly item: UploadItem;
}): React.ReactNode {
  switch (status) {
    case "waiting":
      return <StatusIndicator type="pending">{text.waiting}</StatusIndicator>;
    case "uploading":
      return (
        <ProgressBar
          variant="standalone"
          value={Math.round((sentBytes / file.size) * 100)}
          ariaLabel={text.uploading(name)}
        />
      );
    case "uploaded":
      return <StatusIndicator type="in-progress">{text.uploaded}</StatusIndicator>;
    case "done":
      return jobId ? (
        <PageLink to={`/jobs/${jobId}`}>{text.follow}</PageLink>
      ) : (
        <StatusIndicator>{text.uploaded}</StatusIndicator>
      );
    case "failed":
      return <StatusIndicator type="error">{error}</StatusIndicator>;
  }
}
