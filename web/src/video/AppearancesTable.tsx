import { useCollection } from "@cloudscape-design/collection-hooks";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Select from "@cloudscape-design/components/select";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import type { Appearance } from "@/api/analysis.gen";
import { keyOf } from "@/result/findings";
import { ProofDialog } from "@/result/ProofDialog";
import type { ResultProps } from "@/result/ResultProps";
import { Empty } from "@/shared/Empty";
import { Failure } from "@/shared/Failure";
import { strings } from "@/strings";
import { appearanceColumns, type ColumnContext } from "@/video/appearanceColumns";

const text = strings.table;
const PAGE_SIZE = 20;
const NO_PROOFS: ReadonlyMap<string, string> = new Map();

interface Props extends Omit<ColumnContext, "openProof" | "proofs"> {
  readonly proofs: ResultProps["proofs"];
  readonly appearances: readonly Appearance[];
}

/** Every appearance with the picture that proves it. */
export function AppearancesTable({ appearances, proofs: query, ...context }: Props): React.ReactNode {
  const [label, setLabel] = useState("");
  const [proven, setProven] = useState<Appearance | null>(null);
  const proofs = query.data ?? NO_PROOFS;
  const proof = proven && proofs.get(proven.proof_frame.file);
  const of = label ? appearances.filter((appearance) => appearance.label === label) : appearances;
  const { items, collectionProps, paginationProps } = useCollection(of, {
    pagination: { pageSize: PAGE_SIZE },
    sorting: {},
  });
  const labels = [...new Set(appearances.map((appearance) => appearance.label))].sort();
  const options = [{ value: "", label: text.all }, ...labels.map((value) => ({ value, label: value }))];
  return (
    <>
      {query.error && (
        <Failure problem={query.error} title={strings.proof.unknown} onRetry={() => void query.refetch()} />
      )}
      <Table
        {...collectionProps}
        items={items}
        trackBy={keyOf}
        columnDefinitions={appearanceColumns({ ...context, proofs, openProof: setProven })}
        variant="container"
        contentDensity="compact"
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header variant="h2" counter={`(${of.length})`}>
            {text.title}
          </Header>
        }
        filter={
          <Select
            ariaLabel={text.filterLabel}
            options={options}
            selectedOption={options.find(({ value }) => value === label) ?? null}
            onChange={({ detail }) => setLabel(detail.selectedOption.value ?? "")}
          />
        }
        pagination={<Pagination {...paginationProps} ariaLabels={text.pages} />}
        empty={<Empty title={text.empty} />}
      />
      {proven && proof && (
        <ProofDialog
          appearance={proven}
          url={proof}
          colours={context.colours}
          onSeek={context.seek}
          onClose={() => setProven(null)}
        />
      )}
    </>
  );
}
