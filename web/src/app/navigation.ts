import { strings } from "@/strings";

export interface Section {
  readonly text: string;
  readonly href: string;
}

/** The sections; beginning work is for editors. */
export function navigation(isEditor: boolean): Section[] {
  const { overview, analyze, projects, labeling, brands } = strings.sections;
  return [
    { text: overview, href: "/" },
    ...(isEditor ? [{ text: analyze, href: "/analyze" }] : []),
    { text: projects, href: "/projects" },
    { text: brands, href: "/brands" },
    { text: labeling, href: "/labeling" },
  ];
}

/** The section that a page belongs to: a job's page to the overview, a project's to the projects. */
export function sectionOf(path: string): string {
  const first = path.split("/")[1] ?? "";
  return first === "jobs" ? "/" : `/${first}`;
}
