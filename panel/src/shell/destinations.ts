/** Where the menu leads, and where one is. */

import { type LucideIcon, MessagesSquare, Settings, UsersRound } from "lucide-react";
import { useRoute } from "wouter";
import { useOperator } from "../session/store";

export interface Destination {
  href: string;
  text: "nav.conversations" | "nav.team" | "nav.settings";
  Icon: LucideIcon;
  current: boolean;
  /** Shows how much is unread. */
  counted: boolean;
}

export function useDestinations(): Destination[] {
  const inSettings = useInSettings();
  const inTeam = useInTeam();
  const conversations: Destination = {
    href: "/conversations",
    text: "nav.conversations",
    Icon: MessagesSquare,
    current: !inSettings && !inTeam,
    counted: true,
  };
  const team: Destination = {
    href: "/team",
    text: "nav.team",
    Icon: UsersRound,
    current: inTeam,
    counted: false,
  };
  const settings: Destination = {
    href: "/settings",
    text: "nav.settings",
    Icon: Settings,
    current: inSettings,
    counted: false,
  };
  return useMaySet() ? [conversations, team, settings] : [conversations, team];
}

/** The settings are the admins'. */
export const useMaySet = () => useOperator().role === "admin";

export function useInSettings(): boolean {
  const [matches] = useRoute("/settings/*?");
  return matches;
}

export function useInTeam(): boolean {
  const [matches] = useRoute("/team");
  return matches;
}
