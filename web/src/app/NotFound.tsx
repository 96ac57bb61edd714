import { Notice } from "@/shared/Notice";
import { strings } from "@/strings";

export function NotFound(): React.ReactNode {
  return (
    <Notice type="warning" header={strings.notFound.title}>
      {strings.notFound.what}
    </Notice>
  );
}
