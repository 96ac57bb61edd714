export default function NewProjectPage(): React.ReactNode {
  return null;
}
