import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { type ComponentProps, lazy, Suspense, useEffect, useRef, useState } from "react";
import { Waiting } from "@/app/Waiting";
import { strings } from "@/strings";
import "@/video/player.css";

const PerMinuteChart = lazy(() => import("@/video/PerMinuteChart"));

const NEAR = "400px";

/** The chart of each minute, which is loaded and drawn once it is nearly in view. */
export function PerMinute(props: ComponentProps<typeof PerMinuteChart>): React.ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const watching = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: NEAR },
    );
    watching.observe(place.current);
    return () => watching.disconnect();
  }, []);
  return (
    <Container header={<Header variant="h2">{strings.video.perMinute}</Header>}>
      <div className="per-minute" ref={place}>
        {isNear && (
          <Suspense fallback={<Waiting />}>
            <PerMinuteChart {...props} />
          </Suspense>
        )}
      </div>
    </Container>
  );
}
