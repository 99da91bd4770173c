/** An inbox as it is edited, and what is wrong with it. */

import type { Hours, InboxRequest, InboxSettings, Score } from "@shared/wire";
import { faultsOf, fromFields, toFields } from "../hours/hours";
import type { SettingsText } from "../i18n/text";
import { faults, nameFault } from "../names";
import { ownZone } from "../zones";
import { type Duration, durationOf, secondsOf } from "./duration";
import { linesOf, siteFault } from "./sites";

export interface Facts {
  name: string;
  branch_id: string;
  members: string[];
  escalate_after: Duration;
  alert_after: Duration;
  time_zone: string;
  hours: Hours | null;
  offline_ru: string;
  offline_en: string;
  /** Nobody is there, whatever the hours. */
  offline: boolean;
  rating: Score["scale"] | "off";
  /** One a line. */
  allowed_domains: string;
  captcha: InboxSettings["captcha"];
  reply: boolean;
  reply_ru: string;
  reply_en: string;
  realtime: boolean;
  /** `#rrggbb`; empty: the widget's own. */
  accent: string;
  side: "right" | "left";
  title_ru: string;
  title_en: string;
  greeting_ru: string;
  greeting_en: string;
  files: boolean;
  /** Megabytes, as typed. */
  files_mb: string;
  files_kinds: string[];
}

export const FILE_KINDS = ["image", "document", "media", "archive"] as const;
/** At least one, which `check` sees to. */
type Kinds = NonNullable<NonNullable<InboxRequest["attachments"]>["kinds"]>;

const LEAST_MB = 0.1;
const MOST_MB = 25;

/** `branch_id` of an inbox whose conversations go where the region says. */
export const BY_REGION = "-";

const MOST_WORDS = 500;
const MOST_TITLE = 60;
const MOST_SITES = 50;

export function factsOf(inbox: InboxSettings | null): Facts {
  return {
    name: inbox?.name ?? "",
    branch_id: inbox?.branch_id ?? BY_REGION,
    members: inbox?.members ?? [],
    escalate_after: durationOf(inbox?.escalate_after ?? 240),
    alert_after: durationOf(inbox?.alert_after ?? 600),
    time_zone: inbox?.time_zone ?? ownZone(),
    hours: inbox?.hours ? toFields(inbox.hours) : null,
    offline_ru: inbox?.offline_text.ru ?? "",
    offline_en: inbox?.offline_text.en ?? "",
    offline: inbox?.offline ?? false,
    rating: inbox?.rating ?? "off",
    allowed_domains: (inbox?.allowed_domains ?? []).join("\n"),
    captcha: inbox?.captcha ?? "off",
    reply: inbox?.auto_reply.on ?? false,
    reply_ru: inbox?.auto_reply.ru ?? "",
    reply_en: inbox?.auto_reply.en ?? "",
    realtime: inbox?.features.realtime ?? true,
    accent: inbox?.appearance.accent ?? "",
    side: inbox?.appearance.side ?? "right",
    title_ru: inbox?.appearance.title_ru ?? "",
    title_en: inbox?.appearance.title_en ?? "",
    greeting_ru: inbox?.appearance.greeting_ru ?? "",
    greeting_en: inbox?.appearance.greeting_en ?? "",
    files: inbox?.attachments.enabled ?? true,
    files_mb: String((inbox?.attachments.max_bytes ?? 10_000_000) / 1e6),
    files_kinds: inbox?.attachments.kinds ?? [...FILE_KINDS],
  };
}

export function toSend(facts: Facts): InboxRequest {
  const { name, branch_id, members, time_zone, hours } = facts;
  return {
    name: name.trim(),
    branch_id: branch_id === BY_REGION ? null : branch_id,
    members,
    escalate_after: secondsOf(facts.escalate_after) ?? 0,
    alert_after: secondsOf(facts.alert_after) ?? 0,
    time_zone,
    hours: hours && fromFields(hours),
    offline_text: { ru: facts.offline_ru.trim(), en: facts.offline_en.trim() },
    offline: facts.offline,
    rating: facts.rating === "off" ? null : facts.rating,
    allowed_domains: linesOf(facts.allowed_domains),
    captcha: facts.captcha,
    auto_reply: { on: facts.reply, ru: facts.reply_ru.trim(), en: facts.reply_en.trim() },
    features: { realtime: facts.realtime },
    appearance: {
      accent: facts.accent.toLowerCase() || null,
      side: facts.side,
      title_ru: facts.title_ru.trim(),
      title_en: facts.title_en.trim(),
      greeting_ru: facts.greeting_ru.trim(),
      greeting_en: facts.greeting_en.trim(),
    },
    attachments: {
      enabled: facts.files,
      max_bytes: Math.round(megabytesOf(facts.files_mb) * 1e6),
      kinds: FILE_KINDS.filter((kind) => facts.files_kinds.includes(kind)) as Kinds,
    },
  };
}

export function check(t: SettingsText, facts: Facts) {
  const { hours } = facts;
  return faults({
    name: nameFault(t, facts.name),
    escalate_after: within(facts.escalate_after, 10, 3600) ? null : t("inbox.escalateWrong"),
    alert_after: within(facts.alert_after, 60, 86_400) ? null : t("inbox.alertWrong"),
    time_zone: facts.time_zone ? null : t("zone.missing"),
    hours: hours && faultsOf(hours).size ? t("hours.wrong") : null,
    offline_ru: textFault(t, facts.offline_ru),
    offline_en: textFault(t, facts.offline_en),
    offline: facts.offline && !saysSomething(facts) ? t("inbox.offlineWordless") : null,
    reply:
      facts.reply && !(facts.reply_ru.trim() || facts.reply_en.trim())
        ? t("inbox.replyWordless")
        : null,
    reply_ru: textFault(t, facts.reply_ru),
    reply_en: textFault(t, facts.reply_en),
    allowed_domains: sitesFault(t, facts.allowed_domains),
    accent: isColour(facts.accent) ? null : t("inbox.accentWrong"),
    title_ru: titleFault(t, facts.title_ru),
    title_en: titleFault(t, facts.title_en),
    greeting_ru: textFault(t, facts.greeting_ru),
    greeting_en: textFault(t, facts.greeting_en),
    files_mb: isSize(facts.files_mb) ? null : t("inbox.filesSizeWrong"),
    files_kinds: facts.files_kinds.length ? null : t("inbox.filesKindsMissing"),
  });
}

/** A comma is as good as a point; 0 for what is no number. */
const megabytesOf = (typed: string): number => Number(typed.trim().replace(",", ".")) || 0;

function isSize(typed: string): boolean {
  const megabytes = megabytesOf(typed);
  return megabytes >= LEAST_MB && megabytes <= MOST_MB;
}

function within(duration: Duration, least: number, most: number): boolean {
  const seconds = secondsOf(duration);
  return seconds !== null && seconds >= least && seconds <= most;
}

const saysSomething = (facts: Facts) => Boolean(facts.offline_ru.trim() || facts.offline_en.trim());

export const isColour = (typed: string) => typed === "" || /^#[0-9a-f]{6}$/i.test(typed);

const titleFault = (t: SettingsText, title: string) =>
  title.trim().length > MOST_TITLE ? t("inbox.titleLong") : null;

const textFault = (t: SettingsText, words: string) =>
  words.trim().length > MOST_WORDS ? t("inbox.offlineLong") : null;

export function sitesFault(t: SettingsText, typed: string): string | null {
  const lines = linesOf(typed);
  if (lines.length > MOST_SITES) return t("inbox.sitesMany");
  const wrong = lines.find(siteFault);
  return wrong === undefined ? null : t("inbox.sitesWrong", { line: wrong });
}
