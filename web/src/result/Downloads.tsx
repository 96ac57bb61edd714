import { useMutation } from "@tanstack/react-query";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Analysis } from "@/api/analysis.gen";
import { readFile } from "@/api/results";
import type { ResultUrls } from "@/api/types";
import { portableReport } from "@/result/portableReport";
import { saveFile } from "@/result/saveFile";
import { Failure } from "@/shared/Failure";
import { strings } from "@/strings";

const text = strings.result;

interface Props {
  /** The analyzed file's name, after which those of the downloads are called. */
  readonly name: string;
  readonly analysis: Analysis;
  readonly urls: ResultUrls;
}

/** Saves the files of a result. */
export function Downloads({ name, analysis, urls }: Props): React.ReactNode {
  const files = [
    { id: "report.html", text: text.downloads.report, url: urls.report },
    { id: "appearances.csv", text: text.downloads.csv, url: urls.exposures },
    { id: "analysis.json", text: text.downloads.json, url: urls.analysis },
    ...(urls.timeline ? [{ id: "timeline.vtt", text: text.downloads.vtt, url: urls.timeline }] : []),
    { id: "frames.jsonl", text: text.downloads.detections, url: urls.detections },
  ];
  const save = useMutation({
    mutationFn: async (id: string) => {
      const content = await readFile(files.find((file) => file.id === id)?.url ?? "");
      const page = window.location.origin + window.location.pathname;
      const kept = id === "report.html" ? portableReport(content, page, analysis.appearances) : content;
      saveFile(new Blob([kept]), `${stemOf(name)}.${id}`);
    },
  });
  return (
    <SpaceBetween size="xs">
      <ButtonDropdown
        items={files}
        loading={save.isPending}
        onItemClick={({ detail }) => save.mutate(detail.id)}
      >
        {text.download}
      </ButtonDropdown>
      {save.error && <Failure problem={save.error} />}
    </SpaceBetween>
  );
}

/** `cup/first-half.mp4` as `first-half`. */
function stemOf(name: string): string {
  return (name.split("/").at(-1) ?? name).replace(/\.[^.]+$/, "");
}
