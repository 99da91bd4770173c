/** Everything the palette offers, and how it is found. */

import type { Language } from "@shared/i18n";
import { plain } from "@shared/markup";
import type { Conversation, Operator } from "@shared/wire";
import {
  ArrowRightLeft,
  CheckCheck,
  Circle,
  Flag,
  Hand,
  Keyboard,
  Languages,
  type LucideIcon,
  Mail,
  MessageSquare,
  Moon,
  Sun,
  UserCheck,
} from "lucide-react";
import { chooseTab } from "../conversations/store";
import { TABS } from "../conversations/tabs";
import { setLanguage, type Text } from "../i18n/language";
import { contactName } from "../parts/person";
import { regionName } from "../parts/region";
import type { Destination } from "../shell/destinations";
import { startTransfer } from "../team/transferring";
import { close, markUnread, PRIORITIES, prioritise, take, takeOver } from "../threads/actions";
import { mayClose, mayNote, mayTake, mayTakeOver, mayTransfer } from "../threads/allowed";
import type { CommandText } from "./i18n";
import { ALT } from "./keys";
import { show } from "./opening";

export interface Command {
  id: string;
  label: string;
  description?: string;
  /** Found by these words, too. */
  keywords?: string[];
  Icon: LucideIcon;
  keys?: readonly string[];
  act: () => void;
}

export interface Group {
  title: string;
  commands: Command[];
}

export interface Around {
  id: string | null;
  palette: CommandText;
  text: Text;
  operator: Operator;
  conversations: readonly Conversation[];
  destinations: readonly Destination[];
  language: Language;
  dark: boolean;
  navigate: (to: string) => void;
  choosePresence: (presence: Operator["presence"]) => void;
  chooseScheme: (scheme: "light" | "dark") => void;
}

const PRESENCES: readonly Operator["presence"][] = ["online", "away", "busy"];

export function groups(around: Around): Group[] {
  const { palette } = around;
  return [
    { title: palette("here"), commands: here(around) },
    { title: palette("status"), commands: status(around) },
    { title: palette("go"), commands: places(around) },
    { title: palette("appearance"), commands: appearance(around) },
    { title: palette("conversations"), commands: conversations(around) },
  ].filter(({ commands }) => commands.length > 0);
}

function here({ id, palette, text, operator, conversations, navigate }: Around): Command[] {
  const one = conversations.find((each) => each.id === id);
  if (!one) return [];
  const offered: (Command | false)[] = [
    mayTake(one) && { id: "take", label: text("thread.take"), Icon: Hand, act: () => take(one.id) },
    mayTakeOver(one, operator) && {
      id: "take-over",
      label: text("composer.takeOver"),
      Icon: UserCheck,
      act: () => takeOver(one.id),
    },
    mayTransfer(one, operator) && {
      id: "transfer",
      label: palette("transfer"),
      Icon: ArrowRightLeft,
      keys: [ALT, "T"],
      act: () => startTransfer(one.id),
    },
    mayClose(one, operator.id) && {
      id: "close",
      label: palette("resolve"),
      Icon: CheckCheck,
      keys: [ALT, "E"],
      act: () => close(one.id),
    },
    mayClose(one, operator.id) && {
      id: "unread",
      label: text("thread.markUnread"),
      Icon: Mail,
      act: () => {
        navigate("/conversations"); // to stay would be to read it
        return markUnread(one.id);
      },
    },
    ...(mayNote(one, operator)
      ? PRIORITIES.filter((each) => each !== one.priority).map((each) => ({
          id: `priority-${each}`,
          label: palette("priority", { name: text(`priority.${each}`) }),
          Icon: Flag,
          act: () => prioritise(one.id, each),
        }))
      : []),
  ];
  return offered.filter((each) => each !== false);
}

function status({ text, operator, choosePresence }: Around): Command[] {
  return PRESENCES.filter((each) => each !== operator.presence).map((each) => ({
    id: `presence-${each}`,
    label: text(`presence.${each}`),
    description: text(`presence.${each}Hint`),
    Icon: Circle,
    act: () => choosePresence(each),
  }));
}

function places({ text, destinations, navigate }: Around): Command[] {
  return [
    ...destinations.map(({ href, text: name, Icon }) => ({
      id: href,
      label: text(name),
      Icon,
      act: () => navigate(href),
    })),
    ...TABS.map((tab) => ({
      id: `tab-${tab}`,
      label: `${text("nav.conversations")}: ${text(`tabs.${tab}`)}`,
      Icon: MessageSquare,
      act: () => {
        chooseTab(tab);
        navigate("/conversations");
      },
    })),
  ];
}

function appearance({ text, palette, dark, language, chooseScheme }: Around): Command[] {
  return [
    {
      id: "scheme",
      label: text(dark ? "nav.light" : "nav.dark"),
      Icon: dark ? Sun : Moon,
      act: () => chooseScheme(dark ? "light" : "dark"),
    },
    {
      id: "language",
      label: text("nav.otherLanguage"),
      Icon: Languages,
      act: () => setLanguage(language === "ru" ? "en" : "ru"),
    },
    {
      id: "shortcuts",
      label: palette("shortcuts"),
      Icon: Keyboard,
      keys: ["?"],
      act: () => show("shortcuts"),
    },
  ];
}

/** The newest first. */
function conversations({ text, language, conversations, navigate }: Around): Command[] {
  return [...conversations]
    .sort((a, b) => Date.parse(b.activity_at) - Date.parse(a.activity_at))
    .map(({ id, contact, region, last_message, assignee }) => ({
      id,
      label: contactName(contact, text),
      description: plain(last_message.body),
      keywords: [region && regionName(region, language), assignee?.name].filter(
        (each) => typeof each === "string",
      ),
      Icon: MessageSquare,
      act: () => navigate(`/conversations/${id}`),
    }));
}

interface Findable {
  label?: string | undefined;
  description?: string | undefined;
  keywords?: string | string[] | undefined;
}

const MOST = 8;

/** What has every word of the query at the beginning of one of its own; of each group the first few. */
export function found<One extends Findable, G extends { actions: One[] }>(
  query: string,
  groups: readonly G[],
): G[] {
  const asked = words(query);
  return groups
    .map((group) => ({
      ...group,
      actions: group.actions.filter((each) => answers(each, asked)).slice(0, MOST),
    }))
    .filter(({ actions }) => actions.length > 0);
}

function answers({ label, description, keywords }: Findable, asked: readonly string[]): boolean {
  const own = words([label, description, ...[keywords].flat()].filter(Boolean).join(" "));
  return asked.every((word) => own.some((each) => each.startsWith(word)));
}

const words = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
