import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useQuery } from "@tanstack/react-query";
import { SecondStep } from "@/account/SecondStep";
import { useAuthenticator } from "@/account/AuthenticatorContext";
import { useSession } from "@/session/SessionContext";
import { Loaded } from "@/shared/Loaded";
import { PageContent } from "@/shared/PageContent";
import { strings } from "@/strings";

const text = strings.account;

/** Who is signed in, and how they sign in. */
export default function AccountPage(): React.ReactNode {
  const { user, isEditor } = useSession();
  const { isOn } = useAuthenticator();
  const query = useQuery({ queryKey: ["second-step"], queryFn: isOn });
  return (
    <PageContent
      title={strings.account.page}
      header={
        <Header variant="h1" description={isEditor ? strings.roles.editor : strings.roles.viewer}>
          {user}
        </Header>
      }
    >
      <Container
        header={
          <Header variant="h2" description={text.hint}>
            {text.title}
          </Header>
        }
      >
        <Loaded query={query}>
          {(on) => <SecondStep isOn={on} onChanged={() => void query.refetch()} />}
        </Loaded>
      </Container>
    </PageContent>
  );
}
