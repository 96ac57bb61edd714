import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useRunningModels, useStopModel } from "@/api/costs";
import type { ModelRun, RunningModel } from "@/api/types";
import { useSession } from "@/session/SessionContext";
import { Failure } from "@/shared/Failure";
import { usd } from "@/shared/format";
import { Loaded } from "@/shared/Loaded";
import { Notice } from "@/shared/Notice";
import { strings } from "@/strings";
import "@/overview/overview.css";

const text = strings.overview.models;

/** The models that run, what each costs by the hour, and for editors a button that stops it. */
export function RunningModels(): React.ReactNode {
  const query = useRunningModels();
  const stop = useStopModel();
  const total = query.data && query.data.models.length > 0 && text.perHour(usd(query.data.usd_per_hour));
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" info={total && <Box variant="small">{total}</Box>}>
          {text.title}
        </Header>
      }
    >
      <SpaceBetween size="s">
        {stop.error && <Failure problem={stop.error} />}
        {stop.data && <StillNeeded run={stop.data} />}
        <Loaded query={query}>
          {({ models }) =>
            models.length === 0 ? (
              <Box color="text-body-secondary">{text.none}</Box>
            ) : (
              <ul className="running-models">
                {models.map((model) => (
                  <Item
                    key={model.id}
                    model={model}
                    isStopping={stop.isPending && stop.variables === model.id}
                    onStop={() => stop.mutate(model.id)}
                  />
                ))}
              </ul>
            )
          }
        </Loaded>
      </SpaceBetween>
    </Container>
  );
}

/** Told where a model was not stopped after all. */
function StillNeeded({ run: { id, needed_by: jobs } }: { readonly run: ModelRun }): React.ReactNode {
  return jobs > 0 && <Notice type="info">{text.stillNeeded(id.replace(".", " "), jobs)}</Notice>;
}

interface ItemProps {
  readonly model: RunningModel;
  readonly isStopping: boolean;
  readonly onStop: () => void;
}

function Item({ model, isStopping, onStop }: ItemProps): React.ReactNode {
  const { isEditor } = useSession();
  const name = `${model.project} ${model.version}`;
  const canStop = isEditor && model.ours;
  return (
    <li>
      <div>
        <Box variant="strong">{name}</Box>
        <Box color="text-body-secondary" fontSize="body-s">
          {text.perHour(usd(model.usd_per_hour))}, {text.units(model.inference_units)}.{" "}
          {model.ours ? text.neededBy(model.needed_by) : text.foreign}{" "}
          {canStop && model.status === "STARTING" && text.stopLater}
        </Box>
      </div>
      <StatusIndicator type={model.status === "RUNNING" ? "success" : "in-progress"}>
        {text.statuses[model.status]}
      </StatusIndicator>
      {canStop && (
        <Button
          ariaLabel={text.stopLabel(name)}
          disabled={model.status !== "RUNNING"}
          loading={isStopping}
          onClick={onStop}
        >
          {text.stop}
        </Button>
      )}
    </li>
  );
}
