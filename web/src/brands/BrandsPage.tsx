export default function BrandsPage(): React.ReactNode {
  return null;
}
