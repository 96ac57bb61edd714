import Container from "@cloudscape-design/components/container";
import { useMemo, useState } from "react";
import { framesWithout } from "@/result/findings";
import { MissButton } from "@/result/MissButton";
import { ResultPage } from "@/result/ResultPage";
import type { ResultProps } from "@/result/ResultProps";
import { ResultTotals } from "@/result/ResultTotals";
import { useShownResult } from "@/result/useShownResult";
import { Columns } from "@/shared/Columns";
import { AppearancesTable } from "@/video/AppearancesTable";
import { NowOnScreen } from "@/video/NowOnScreen";
import { PerMinute } from "@/video/PerMinute";
import { playedTracks } from "@/video/playback";
import { Timeline } from "@/video/Timeline";
import { usePlayer } from "@/video/usePlayer";
import { VideoPlayer } from "@/video/VideoPlayer";

/** What was found in a video: the picture with its boxes, when, for how long, and the proof of it. */
export function VideoResult(props: ResultProps): React.ReactNode {
  const { details, result, marks, proofs } = props;
  const { analysis, urls, sprites } = result;
  const duration = analysis.media.duration_seconds ?? 0;
  const player = usePlayer();
  const shown = useShownResult(props);
  const { findings, labels, colours, wrong, error, missable } = shown;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const tracks = useMemo(
    () => playedTracks(framesWithout(findings.frames, findings.appearances, marks), duration),
    [findings, marks, duration],
  );
  const drawn = useMemo(() => tracks.filter(({ label }) => !hidden.has(label)), [tracks, hidden]);
  const toggle = (label: string): void =>
    setHidden((before) => {
      const after = new Set(before);
      if (!after.delete(label)) after.add(label);
      return after;
    });
  const goTo = (seconds: number): void => {
    player.seek(seconds);
    player.video.current?.scrollIntoView({ block: "center" });
  };
  const clip = { at: () => player.video.current?.currentTime ?? 0, duration };
  return (
    <ResultPage details={details} result={result} error={error}>
      <Columns first={60}>
        <Container>
          <VideoPlayer
            player={player}
            media={analysis.media}
            url={urls.media}
            tracks={drawn}
            colours={colours}
            actions={wrong && <MissButton job={details.job.job_id} labels={missable} clip={clip} />}
          />
          <NowOnScreen tracks={tracks} player={player} colours={colours} />
          <Timeline
            player={player}
            duration={duration}
            labels={labels}
            hidden={hidden}
            onToggle={toggle}
            appearances={findings.corrected}
            colours={colours}
            cues={sprites}
            sheets={urls.sprites}
          />
        </Container>
        <ResultTotals result={result} marks={marks} shown={shown} />
      </Columns>
      <AppearancesTable
        appearances={findings.appearances}
        colours={colours}
        proofs={proofs}
        seek={goTo}
        wrong={wrong}
      />
      <PerMinute appearances={findings.corrected} duration={duration} colours={colours} />
    </ResultPage>
  );
}
