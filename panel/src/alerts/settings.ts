/** How an operator wants to be alerted: theirs in this browser, the same in all its tabs. */

import { readItem, writeItem } from "@shared/storage";
import { create } from "zustand";
import { operatorId } from "../session/store";
import { KINDS, type Kind } from "./kinds";

/** `volume` from 0 to 1; `muted` are the kinds that they do not want to hear of. */
export interface AlertSettings {
  sound: boolean;
  volume: number;
  popups: boolean;
  muted: readonly Kind[];
}

const usual: AlertSettings = { sound: true, volume: 0.6, popups: true, muted: [] };

const key = () => `messenger:panel:alerts:${operatorId()}`;

export const useAlertSettings = create<AlertSettings>(() => usual);

/** As they were chosen, here or in another tab. */
export function readAlertSettings(): void {
  useAlertSettings.setState(understood(readItem(key())), true);
}

export function chooseAlerts(chosen: Partial<AlertSettings>): void {
  useAlertSettings.setState(chosen);
  writeItem(key(), JSON.stringify(useAlertSettings.getState()));
}

/** Follows the other tabs until the returned function is called. */
export function followAlertSettings(): () => void {
  readAlertSettings();
  const changed = (event: StorageEvent) => {
    if (event.key === key()) readAlertSettings();
  };
  addEventListener("storage", changed);
  return () => removeEventListener("storage", changed);
}

/** Whatever an older or a tampered page has left there. */
function understood(stored: string | null): AlertSettings {
  try {
    const { sound, volume, popups, muted } = JSON.parse(stored ?? "{}") as Partial<AlertSettings>;
    return {
      sound: sound ?? usual.sound,
      volume: Math.min(1, Math.max(0, Number(volume ?? usual.volume) || 0)),
      popups: popups ?? usual.popups,
      muted: KINDS.filter((kind) => Array.isArray(muted) && muted.includes(kind)),
    };
  } catch {
    return usual;
  }
}
