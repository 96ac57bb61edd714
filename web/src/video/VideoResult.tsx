import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { lazy, Suspense, useMemo } from "react";
import { useProject } from "@/api/projects";
import { Waiting } from "@/app/Waiting";
import { labelsOfResult } from "@/result/findings";
import { MarksPanel } from "@/result/MarksPanel";
import { MissButton } from "@/result/MissButton";
import { NothingFound } from "@/result/NothingFound";
import { ResultHeader } from "@/result/ResultHeader";
import type { ResultProps } from "@/result/ResultProps";
import { Threshold } from "@/result/Threshold";
import { Totals } from "@/result/Totals";
import { useFindings } from "@/result/useFindings";
import { useWrongMarks } from "@/result/useWrongMarks";
import { Warnings } from "@/result/Warnings";
import { Failure } from "@/shared/Failure";
import { labelColours } from "@/shared/labelColours";
import { Columns } from "@/shared/Columns";
import { PageContent } from "@/shared/PageContent";
import { strings } from "@/strings";
import { AppearancesTable } from "@/video/AppearancesTable";
import { NowOnScreen } from "@/video/NowOnScreen";
import { playedTracks } from "@/video/playback";
import { Timeline } from "@/video/Timeline";
import { usePlayer } from "@/video/usePlayer";
import { VideoPlayer } from "@/video/VideoPlayer";

const PerMinuteChart = lazy(() => import("@/video/PerMinuteChart"));

/** What was found in a video: the picture with its boxes, when, for how long, and the proof of it. */
export default function VideoResult({ details, result, marks, proofs }: ResultProps): React.ReactNode {
  const { analysis, urls, sprites } = result;
  const id = details.job.job_id;
  const duration = analysis.media.duration_seconds ?? 0;
  const player = usePlayer();
  const findings = useFindings(result, marks);
  const { wrong, error } = useWrongMarks(id, marks);
  const taught = useProject(analysis.job.project).data?.labels ?? [];
  const labels = useMemo(() => labelsOfResult(analysis, marks), [analysis, marks]);
  const colours = useMemo(() => labelColours(labels), [labels]);
  const tracks = useMemo(() => playedTracks(findings.frames, duration), [findings.frames, duration]);
  const goTo = (seconds: number): void => {
    player.seek(seconds);
    player.video.current?.scrollIntoView({ block: "center" });
  };
  const missed = wrong && (
    <MissButton
      job={id}
      labels={[...new Set([...taught, ...labels])].sort()}
      clip={{ at: () => player.video.current?.currentTime ?? 0, duration }}
    />
  );
  return (
    <PageContent header={<ResultHeader details={details} analysis={analysis} urls={urls} />}>
      <Warnings warnings={analysis.warnings} />
      {error && <Failure problem={error} />}
      <Columns first={60}>
        <Container>
          <VideoPlayer
            player={player}
            media={analysis.media}
            url={urls.media}
            tracks={tracks}
            colours={colours}
            actions={missed}
          />
          <NowOnScreen tracks={tracks} player={player} colours={colours} />
          <Timeline
            player={player}
            duration={duration}
            labels={labels}
            appearances={findings.corrected}
            colours={colours}
            cues={sprites}
            sheets={urls.sprites}
          />
        </Container>
        <Totals
          appearances={findings.corrected}
          unmarked={marks.length > 0 ? findings.appearances : null}
          colours={colours}
          controls={
            <Threshold
              value={findings.threshold}
              least={analysis.model.min_confidence}
              onChange={findings.setThreshold}
            />
          }
          empty={<NothingFound isAtBase={findings.threshold === analysis.model.min_confidence} />}
        />
      </Columns>
      <AppearancesTable
        appearances={findings.appearances}
        colours={colours}
        proofs={proofs}
        seek={goTo}
        wrong={wrong}
      />
      <Container header={<Header variant="h2">{strings.video.perMinute}</Header>}>
        <Suspense fallback={<Waiting />}>
          <PerMinuteChart appearances={findings.corrected} duration={duration} colours={colours} />
        </Suspense>
      </Container>
      <MarksPanel job={id} marks={marks} appearances={analysis.appearances} />
    </PageContent>
  );
}
