/** How the connection does, for the banner. */

import type { RealtimeState } from "@shared/realtime";
import { create } from "zustand";

export const useRealtimeState = create<{ state: RealtimeState; wasLive: boolean }>(() => ({
  state: "connecting",
  wasLive: false,
}));

export function setRealtimeState(state: RealtimeState): void {
  useRealtimeState.setState((before) => ({ state, wasLive: before.wasLive || state === "live" }));
}
