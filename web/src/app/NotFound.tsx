import Alert from "@cloudscape-design/components/alert";
import { strings } from "@/strings";

export function NotFound(): React.ReactNode {
  return (
    <Alert type="warning" header={strings.notFound.title}>
      {strings.notFound.what}
    </Alert>
  );
}
