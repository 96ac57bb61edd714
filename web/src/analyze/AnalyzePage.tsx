export default function AnalyzePage(): React.ReactNode {
  return null;
}
