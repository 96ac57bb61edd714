import { Suspense } from "react";
import { Route, Switch, useLocation } from "wouter";
import { ErrorBoundary } from "@/app/ErrorBoundary";
import { NotFound } from "@/app/NotFound";
import { PAGES } from "@/app/pages";
import { TopBar } from "@/app/TopBar";
import { Waiting } from "@/app/Waiting";
import { strings } from "@/strings";

/** The frame around every page. */
export default function Portal({ version }: { readonly version: string }): React.ReactNode {
  const [path] = useLocation();
  return (
    <>
      <a className="skip" href="#page">
        {strings.skip}
      </a>
      <TopBar />
      <main className="page" id="page" tabIndex={-1}>
        <ErrorBoundary key={path}>
          <Suspense fallback={<Waiting />}>
            <Switch>
              {PAGES.map(({ path: pattern, component }) => (
                <Route key={pattern} path={pattern} component={component} />
              ))}
              <Route component={NotFound} />
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </main>
      <footer className="page-footer">{strings.versionOf(version)}</footer>
    </>
  );
}
