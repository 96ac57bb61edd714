export default function ProjectsPage(): React.ReactNode {
  return null;
}
