import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { momentOf } from "@/video/momentLink";

type FrameListener = (seconds: number) => void;

export interface Player {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly isPlaying: boolean;
  readonly isMuted: boolean;
  readonly isUnplayable: boolean;
  readonly seek: (seconds: number) => void;
  readonly toggle: () => void;
  readonly toggleSound: () => void;
  /** Calls `listener` with the time of every picture that is shown, from the one on screen; returns its end. */
  readonly onFrame: (listener: FrameListener) => () => void;
}

/** Drives the page's video: who plays, seeks or draws over it does so through this. */
export function usePlayer(): Player {
  const video = useRef<HTMLVideoElement>(null);
  const listeners = useRef(new Set<FrameListener>());
  const shown = useRef(0);
  const [isPlaying, setPlaying] = useState(false);
  const [isMuted, setMuted] = useState(false);
  const [isUnplayable, setUnplayable] = useState(false);

  const show = useCallback((seconds: number): void => {
    shown.current = seconds;
    listeners.current.forEach((listener) => listener(seconds));
  }, []);

  const seek = useCallback(
    (seconds: number): void => {
      if (video.current) video.current.currentTime = seconds;
      show(seconds);
    },
    [show],
  );

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    let request = 0;
    const next = (_now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
      show(mediaTime);
      request = element.requestVideoFrameCallback(next);
    };
    request = element.requestVideoFrameCallback(next);
    const events = new AbortController();
    const on = (name: keyof HTMLMediaElementEventMap, react: () => void): void =>
      element.addEventListener(name, react, { signal: events.signal });
    on("play", () => setPlaying(true));
    on("pause", () => setPlaying(false));
    on("volumechange", () => setMuted(element.muted));
    on("error", () => setUnplayable(true));
    const follow = (): void => {
      const moment = momentOf(window.location.hash);
      if (moment !== null) seek(moment);
    };
    follow();
    window.addEventListener("hashchange", follow, { signal: events.signal });
    return () => {
      events.abort();
      element.cancelVideoFrameCallback(request);
    };
  }, [seek, show]);

  const toggle = useCallback((): void => {
    const element = video.current;
    if (!element) return;
    if (element.paused) void element.play().catch(() => setPlaying(false));
    else element.pause();
  }, []);

  const toggleSound = useCallback((): void => {
    if (video.current) video.current.muted = !video.current.muted;
  }, []);

  const onFrame = useCallback((listener: FrameListener): (() => void) => {
    const all = listeners.current;
    all.add(listener);
    listener(shown.current);
    return () => all.delete(listener);
  }, []);

  return { video, isPlaying, isMuted, isUnplayable, seek, toggle, toggleSound, onFrame };
}
