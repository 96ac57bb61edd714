import { Suspense } from "react";
import { type AroundNavHandler, Route, Router, Switch, useLocation } from "wouter";
import { ErrorBoundary } from "@/app/ErrorBoundary";
import { NotFound } from "@/app/NotFound";
import { PAGES } from "@/app/pages";
import { TopBar } from "@/app/TopBar";
import { Waiting } from "@/app/Waiting";
import { leaving } from "@/shared/leaving";
import { strings } from "@/strings";

const askFirst: AroundNavHandler = (navigate, to, options) => {
  if (to === window.location.pathname) navigate(to, options);
  else leaving(() => navigate(to, options));
};

/** The frame around every page. */
export default function Portal({ version }: { readonly version: string }): React.ReactNode {
  const [path] = useLocation();
  return (
    <Router aroundNav={askFirst}>
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
    </Router>
  );
}
