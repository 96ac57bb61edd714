export default function ProjectPage(): React.ReactNode {
  return null;
}
