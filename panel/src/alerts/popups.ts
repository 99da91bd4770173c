/** The browser's own notifications: on the desktop, whatever is in front. */

import { create } from "zustand";

/** `unsupported`: on plain http, and where a page cannot show them itself. */
export type Permission = NotificationPermission | "unsupported";

export const usePermission = create<{ permission: Permission }>(() => ({
  permission: permissionNow(),
}));

export function lookAtPermission(): void {
  usePermission.setState({ permission: permissionNow() });
}

/** Asks the person, if they have not decided; from a gesture. */
export async function askPermission(): Promise<Permission> {
  if (permissionNow() === "default") await Notification.requestPermission();
  lookAtPermission();
  return permissionNow();
}

/** Silent: the sound is ours. What takes another one's place shows itself anew. */
const LOOK = { icon: "/panel/icon.svg", silent: true, renotify: true };

const shown = new Map<string, Notification>();

/** A newer one of the same `tag` takes its place. */
export function pop(tag: string, title: string, body: string, onClick: () => void): void {
  if (permissionNow() !== "granted") return;
  try {
    const popup = new Notification(title, { ...LOOK, body, tag });
    shown.set(tag, popup);
    popup.onclick = () => {
      window.focus();
      popup.close();
      onClick();
    };
    popup.onclose = () => {
      if (shown.get(tag) === popup) shown.delete(tag);
    };
  } catch {
    // Android shows them from a service worker only.
    usePermission.setState({ permission: "unsupported" });
  }
}

/** It has been seen elsewhere. */
export const takeDown = (tag: string): void => shown.get(tag)?.close();

function permissionNow(): Permission {
  return typeof Notification === "undefined" ? "unsupported" : Notification.permission;
}
