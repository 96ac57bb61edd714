export default function TrainPage(): React.ReactNode {
  return null;
}
