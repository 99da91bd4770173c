/** Who it is, where from, how it stands, and what may be done. */

import { ActionIcon, Button, Tooltip } from "@mantine/core";
import type { Conversation } from "@shared/wire";
import { useMutation } from "@tanstack/react-query";
import {
  ArrowLeft,
  ArrowRightLeft,
  CheckCheck,
  Hand,
  type LucideIcon,
  PanelRight,
} from "lucide-react";
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import { useText } from "../i18n/language";
import { Avatar } from "../parts/Avatar";
import { contactName } from "../parts/person";
import { useOperator } from "../session/store";
import { startTransfer } from "../team/transferring";
import { close, take } from "../threads/actions";
import { mayClose, mayTake, mayTransfer } from "../threads/allowed";
import { Writing } from "../typing/Writing";
import { useWriting } from "../typing/writers";
import css from "./Header.module.css";
import { MarkUnread } from "./MarkUnread";
import { Standing } from "./Standing";

interface Props {
  conversation: Conversation | undefined;
  narrow: boolean;
  detailed: boolean;
  onDetails: () => void;
}

export function Header({ conversation, narrow, detailed, onDetails }: Props) {
  const t = useText();
  const back = useFocusedOnArrival(narrow);
  return (
    <div className={css.header}>
      {narrow && (
        <ActionIcon
          component={Link}
          href="/conversations"
          ref={back}
          variant="subtle"
          color="gray"
          size={44}
          aria-label={t("thread.back")}
          data-testid="back"
        >
          <ArrowLeft size={21} />
        </ActionIcon>
      )}
      {conversation && <Who conversation={conversation} narrow={narrow} />}
      <div className={css.actions}>
        {conversation && <Actions conversation={conversation} narrow={narrow} />}
        {conversation && (
          <Tooltip label={t("thread.details")} openDelay={400}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={40}
              onClick={onDetails}
              aria-label={t("thread.details")}
              aria-pressed={detailed}
              data-testid="details"
            >
              <PanelRight size={19} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </div>
  );
}

function Who({ conversation, narrow }: { conversation: Conversation; narrow: boolean }) {
  const t = useText();
  const name = contactName(conversation.contact, t);
  const Title = narrow ? "h1" : "h2";
  const writing = useWriting(conversation.id);
  return (
    <>
      {!narrow && <Avatar id={conversation.contact.id} name={name} size={38} />}
      <div className={css.who}>
        <Title className={css.name}>{name}</Title>
        {writing ? (
          <p className={css.writing}>
            <Writing who={writing} />
          </p>
        ) : (
          <Standing conversation={conversation} />
        )}
      </div>
    </>
  );
}

function Actions({ conversation, narrow }: { conversation: Conversation; narrow: boolean }) {
  const t = useText();
  const operator = useOperator();
  const taking = useMutation({ mutationFn: take });
  const closing = useMutation({ mutationFn: close });
  return (
    <>
      {mayTake(conversation) && (
        <Button
          size="sm"
          leftSection={<Hand size={16} />}
          loading={taking.isPending}
          onClick={() => taking.mutate(conversation.id)}
          data-testid="take"
        >
          {t("thread.take")}
        </Button>
      )}
      {mayClose(conversation, operator.id) && <MarkUnread id={conversation.id} narrow={narrow} />}
      {mayTransfer(conversation, operator) && (
        <Act
          narrow={narrow}
          label={t("thread.transfer")}
          Icon={ArrowRightLeft}
          onClick={() => startTransfer(conversation.id)}
          aria-keyshortcuts="Alt+T"
          data-testid="transfer"
        />
      )}
      {mayClose(conversation, operator.id) && (
        <Act
          narrow={narrow}
          label={t("thread.close")}
          Icon={CheckCheck}
          loading={closing.isPending}
          onClick={() => closing.mutate(conversation.id)}
          aria-keyshortcuts="Alt+E"
          data-testid="close"
        />
      )}
    </>
  );
}

interface ActProps {
  narrow: boolean;
  label: string;
  Icon: LucideIcon;
  onClick: () => void;
  loading?: boolean;
  "aria-keyshortcuts": string;
  "data-testid": string;
}

/** A button; its word goes where there is no room. */
function Act({ narrow, label, Icon, ...act }: ActProps) {
  return (
    <Tooltip label={label} openDelay={400}>
      <Button
        {...act}
        className={css.act}
        size="sm"
        variant={narrow ? "subtle" : "default"}
        color="gray"
        leftSection={<Icon size={narrow ? 20 : 16} />}
      >
        {label}
      </Button>
    </Tooltip>
  );
}

/** On a narrow screen the pane has replaced the list: the focus comes along. */
function useFocusedOnArrival(narrow: boolean) {
  const back = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (narrow) back.current?.focus({ preventScroll: true });
  }, [narrow]);
  return back;
}
