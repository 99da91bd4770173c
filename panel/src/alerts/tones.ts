/** What each kind of news sounds like. */

import { Tones } from "@shared/tones";
import { create } from "zustand";
import type { Kind } from "./kinds";

/** Hertz, one step after the other: two rising, one, three, two falling. */
const STEPS: Record<Kind, readonly number[]> = {
  given: [587, 880],
  message: [740],
  handed: [587, 740, 988],
  alarm: [880, 587],
};

/** Whether the browser lets this tab be heard. */
export const useSoundAllowed = create<{ allowed: boolean }>(() => ({ allowed: false }));

const tones = new Tones(() => useSoundAllowed.setState({ allowed: true }));

export const awaitGesture = () => tones.awaitGesture();

/** `volume` from 0 to 1. */
export const play = (kind: Kind, volume: number) => tones.play(STEPS[kind], volume);
