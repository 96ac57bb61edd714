/** The API's models, by their own names. */
import type { components } from "@/api/api.gen";

type Schemas = components["schemas"];

export type JobDetails = Schemas["JobDetails"];
export type JobExposures = Schemas["JobExposures"];
export type JobItem = Schemas["JobItem"];
export type JobState = JobItem["state"];
export type Mark = Schemas["Mark"];
export type NewMark = Mark["mark"];
export type Member = Schemas["Member"];
export type Role = Member["roles"][number];
export type ModelItem = Schemas["ModelItem"];
export type ModelRun = Schemas["ModelRun"];
export type MonthSpending = Schemas["MonthSpending"];
export type NewProject = Schemas["NewProject"];
export type PartList = Schemas["PartList"];
export type Problem = Schemas["Problem"];
export type ProjectItem = Schemas["ProjectItem"];
export type QuoteAnswer = Schemas["QuoteAnswer"];
export type QuotedMedia = Schemas["QuotedMedia"];
export type ResultUrls = Schemas["ResultUrls"];
export type RunningModel = Schemas["RunningModel"];
export type UploadPart = Schemas["UploadPart"];
