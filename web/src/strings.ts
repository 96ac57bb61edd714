/** Every word that the portal says, in English: one table, by page. */
import { frame } from "@/strings/frame";
import { projects } from "@/strings/projects";
import { results } from "@/strings/results";
import { work } from "@/strings/work";

export const strings = { ...frame, ...work, ...results, ...projects };
