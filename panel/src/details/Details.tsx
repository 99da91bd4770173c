/** What is known about the conversation, beside it or, where there is no room, in a drawer. */

import { CloseButton, Drawer } from "@mantine/core";
import type { Conversation, Evidence, HistoryEntry } from "@shared/wire";
import { useText } from "../i18n/language";
import { RatingFacts } from "../ratings/RatingFacts";
import { useWide } from "../shell/width";
import { AssignmentFacts } from "./AssignmentFacts";
import { ContactFacts } from "./ContactFacts";
import css from "./Details.module.css";
import { HistoryFacts } from "./HistoryFacts";
import { Identifiers } from "./Identifiers";
import { Previous } from "./Previous";
import { PriorityFact } from "./PriorityFact";
import { RegionFacts } from "./RegionFacts";
import { TimeFacts } from "./TimeFacts";

interface Props {
  conversation: Conversation;
  evidence: Evidence | null;
  history: readonly HistoryEntry[];
  shown: boolean;
  onHide: () => void;
}

export function Details({ conversation, evidence, history, shown, onHide }: Props) {
  const t = useText();
  const wide = useWide();
  const facts = <Facts conversation={conversation} evidence={evidence} history={history} />;
  if (!wide) {
    return (
      <Drawer
        opened={shown}
        onClose={onHide}
        position="right"
        size={320}
        classNames={{
          title: css.title ?? "",
          body: css.drawer ?? "",
          header: css.drawerHead ?? "",
        }}
        title={t("details.title")}
        closeButtonProps={{ "aria-label": t("details.hide") }}
      >
        {facts}
      </Drawer>
    );
  }
  if (!shown) return null;
  return (
    <aside className={css.details} aria-label={t("details.title")}>
      <div className={css.head}>
        <h2 className={css.title}>{t("details.title")}</h2>
        <CloseButton onClick={onHide} aria-label={t("details.hide")} />
      </div>
      {facts}
    </aside>
  );
}

function Facts({
  conversation,
  evidence,
  history,
}: Pick<Props, "conversation" | "evidence" | "history">) {
  return (
    <div className={css.facts}>
      <ContactFacts conversation={conversation} />
      <RatingFacts conversation={conversation} history={history} />
      <div data-testid="evidence" className={css.facts}>
        <RegionFacts evidence={evidence} />
        <AssignmentFacts evidence={evidence} history={history} conversation={conversation} />
      </div>
      <PriorityFact conversation={conversation} />
      <Previous id={conversation.id} />
      <HistoryFacts history={history} />
      <TimeFacts conversation={conversation} />
      <Identifiers conversation={conversation} />
    </div>
  );
}
