/** Every page of the portal: its path, and its module, which is loaded when it is opened. */
import { type ComponentType, lazy } from "react";
import type { RouteComponentProps } from "wouter";

export interface Page {
  readonly path: string;
  readonly component: ComponentType<RouteComponentProps>;
}

export const PAGES: readonly Page[] = [
  { path: "/", component: lazy(() => import("@/overview/OverviewPage")) },
  { path: "/projects", component: lazy(() => import("@/projects/ProjectsPage")) },
  { path: "/new-project", component: lazy(() => import("@/projects/NewProjectPage")) },
  { path: "/projects/:project", component: lazy(() => import("@/projects/ProjectPage")) },
  { path: "/projects/:project/train", component: lazy(() => import("@/training/TrainPage")) },
  { path: "/labeling", component: lazy(() => import("@/team/LabelingPage")) },
  { path: "/analyze", component: lazy(() => import("@/analyze/AnalyzePage")) },
  { path: "/jobs/:job", component: lazy(() => import("@/job/JobPage")) },
  { path: "/account", component: lazy(() => import("@/account/AccountPage")) },
  { path: "/brands", component: lazy(() => import("@/brands/BrandsPage")) },
];
