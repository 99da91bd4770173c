/** Where the menu leads, and where one is. */

import { type LucideIcon, MessagesSquare, Settings } from "lucide-react";
import { useRoute } from "wouter";
import { useOperator } from "../session/store";

export interface Destination {
  href: string;
  text: "nav.conversations" | "nav.settings";
  Icon: LucideIcon;
  current: boolean;
  /** Shows how much is unread. */
  counted: boolean;
}

export function useDestinations(): Destination[] {
  const inSettings = useInSettings();
  const conversations: Destination = {
    href: "/conversations",
    text: "nav.conversations",
    Icon: MessagesSquare,
    current: !inSettings,
    counted: true,
  };
  const settings: Destination = {
    href: "/settings",
    text: "nav.settings",
    Icon: Settings,
    current: inSettings,
    counted: false,
  };
  return useMaySet() ? [conversations, settings] : [conversations];
}

/** The settings are the admins'. */
export const useMaySet = () => useOperator().role === "admin";

export function useInSettings(): boolean {
  const [matches] = useRoute("/settings/*?");
  return matches;
}
