import Button from "@cloudscape-design/components/button";
import { useRef, useState } from "react";
import { strings } from "@/strings";
import { chosenFiles, droppedFiles } from "@/upload/droppedFiles";
import type { NamedFile } from "@/upload/uploads";
import "@/upload/dropZone.css";

const text = strings.upload;

interface Props {
  readonly hint: string;
  /** Whether a file of that name is of use here. */
  readonly takes: (name: string) => boolean;
  readonly onFiles: (files: readonly NamedFile[]) => void;
}

/** Takes files and folders, dropped or chosen, and tells which of them are of no use. */
export function DropZone({ hint, takes, onFiles }: Props): React.ReactNode {
  const [isOver, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [useless, setUseless] = useState<readonly string[]>([]);
  const take = (named: readonly NamedFile[]): void => {
    const isOfUse = ({ name, file }: NamedFile): boolean => file.size > 0 && takes(name);
    setUseless(named.filter((one) => !isOfUse(one)).map(({ name }) => name));
    onFiles(named.filter(isOfUse));
  };
  const choose = ({ currentTarget: input }: React.ChangeEvent<HTMLInputElement>): void => {
    take(chosenFiles(input.files));
    input.value = "";
  };
  return (
    <div
      className={isOver ? "drop-zone over" : "drop-zone"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void droppedFiles(event.dataTransfer).then(take);
      }}
    >
      <strong>{text.drop}</strong>
      <span>{hint}</span>
      <div className="drop-zone-buttons">
        <Button iconName="upload" onClick={() => files.current?.click()}>
          {text.chooseFiles}
        </Button>
        <Button iconName="folder" onClick={() => folder.current?.click()}>
          {text.chooseFolder}
        </Button>
      </div>
      {useless.length > 0 && <span role="status">{text.leftOut(useless)}</span>}
      <input ref={files} type="file" multiple hidden onChange={choose} aria-label={text.chooseFiles} />
      <input
        ref={folder}
        type="file"
        hidden
        onChange={choose}
        aria-label={text.chooseFolder}
        {...{ webkitdirectory: "" }}
      />
    </div>
  );
}
