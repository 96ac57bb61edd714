export default function LabelingPage(): React.ReactNode {
  return null;
}
