import { useEffect, useState } from "react";
import type { Player } from "@/video/usePlayer";

/** The seconds that the player is at, to a tenth: for what tells the time, not for what draws each picture. */
export function usePlayedSeconds({ onFrame }: Player): number {
  const [at, setAt] = useState(0);
  useEffect(() => onFrame((seconds) => setAt(Math.floor(seconds * 10) / 10)), [onFrame]);
  return at;
}
