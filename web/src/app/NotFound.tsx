import { Notice } from "@/shared/Notice";
import { usePageTitle } from "@/shared/usePageTitle";
import { strings } from "@/strings";

export function NotFound(): React.ReactNode {
  usePageTitle(strings.notFound.title);
  return (
    <Notice type="warning" header={strings.notFound.title}>
      {strings.notFound.what}
    </Notice>
  );
}
