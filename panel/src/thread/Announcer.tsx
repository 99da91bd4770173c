/** Reads out what arrives in the open conversation, for those who do not see it. */

import { VisuallyHidden } from "@mantine/core";
import { spokenText } from "@shared/files/spoken";
import { useRef } from "react";
import { useConversations } from "../conversations/store";
import { useLanguage, useText } from "../i18n/language";
import { contactName } from "../parts/person";
import { useThreads } from "../threads/store";

interface Props {
  id: string;
}

export function Announcer({ id }: Props) {
  const t = useText();
  const language = useLanguage((state) => state.language);
  const newest = useThreads((state) => state.byId[id]?.messages.at(-1));
  const contact = useConversations((state) => state.byId.get(id)?.contact);
  const first = useRef(newest?.seq);
  first.current ??= newest?.seq;
  const arrived = newest && newest.direction === "in" && newest.seq !== first.current;
  const name = newest?.author.name || (contact ? contactName(contact, t) : "");
  return (
    <VisuallyHidden role="status" data-testid="announcer">
      {arrived && t("thread.arrived", { name, body: spokenText(language, newest) })}
    </VisuallyHidden>
  );
}
