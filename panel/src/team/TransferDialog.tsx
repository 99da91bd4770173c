/** To whom a conversation goes: the first who is free in a branch, or a colleague by name. */

import { Button, Modal, Skeleton, Textarea, TextInput } from "@mantine/core";
import { ApiError } from "@shared/api";
import type { Conversation, Team } from "@shared/wire";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { forgetConversation, useConversations } from "../conversations/store";
import { errorText } from "../i18n/errors";
import { useLanguage, useText } from "../i18n/language";
import { useNow } from "../i18n/now";
import { Failure } from "../parts/Failure";
import { notify } from "../parts/notify";
import { team } from "../queries";
import { useOperator } from "../session/store";
import { useNarrow } from "../shell/width";
import { type Target, transfer } from "../threads/actions";
import { maySee } from "../threads/allowed";
import { found, momentWords } from "./crew";
import { useTeamText } from "./i18n";
import { Targets } from "./Targets";
import css from "./TransferDialog.module.css";

const NOTE_MAX = 1000;

interface Props {
  id: string;
  onClose: () => void;
}

export default function TransferDialog({ id, onClose }: Props) {
  const t = useTeamText();
  const narrow = useNarrow();
  const conversation = useConversations((state) => state.byId.get(id));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("transferTitle")}
      size={560}
      fullScreen={narrow}
      classNames={{
        title: css.title ?? "",
        content: css.content ?? "",
        body: css.body ?? "",
      }}
      closeButtonProps={{ "aria-label": t("close") }}
      data-testid="transfer-dialog"
    >
      {conversation && <Form conversation={conversation} onClose={onClose} />}
    </Modal>
  );
}

function Form({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const t = useTeamText();
  const text = useText();
  const { data, error, refetch } = useQuery(team);
  const [search, setSearch] = useState("");
  const [target, setTarget] = useState<Target | null>(null);
  const [note, setNote] = useState("");
  const handing = useHanding(conversation, data, onClose);
  const warning = useWarning(data, target);
  const refusal = handing.error instanceof ApiError ? handing.error.code : null;
  const toConfirm = refusal === "branch_closed" || refusal === "operator_offline";
  const over = [...note.trim()].length - NOTE_MAX;
  const choose = (chosen: Target) => {
    setTarget(chosen);
    handing.reset();
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (target && over <= 0) handing.mutate({ target, note: note.trim(), anyway: toConfirm });
  };
  if (error && !data) {
    return <Failure title={t("failed")} error={error} onRetry={() => void refetch()} />;
  }
  return (
    <form className={css.form} onSubmit={submit}>
      <TextInput
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        placeholder={t("search")}
        aria-label={t("search")}
        leftSection={<Search size={16} />}
        type="search"
        data-autofocus
        data-testid="transfer-search"
      />
      <div className={css.targets}>
        {data ? (
          <Targets
            branches={found(data.branches, search)}
            holder={conversation.assignee?.id ?? null}
            chosen={target}
            onChoose={choose}
          />
        ) : (
          <Skeleton height={240} />
        )}
      </div>
      <Textarea
        label={t("note")}
        description={t("noteHint")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={over > 0 ? t("noteLeft", { count: over }) : null}
        rows={2}
        data-testid="transfer-note"
      />
      <div className={css.foot}>
        <p className={css.said} role="alert" data-warning={toConfirm || undefined}>
          {toConfirm && warning}
          {handing.error && !toConfirm && errorText(text, handing.error)}
        </p>
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            type="submit"
            disabled={!target || over > 0}
            loading={handing.isPending}
            data-testid="transfer-submit"
          >
            {t(toConfirm ? "anyway" : "transfer")}
          </Button>
        </div>
      </div>
    </form>
  );
}

interface Order {
  target: Target;
  note: string;
  anyway: boolean;
}

/** Hands it over; whoever may not see it any more goes back to the list. */
function useHanding(conversation: Conversation, data: Team | undefined, onClose: () => void) {
  const t = useTeamText();
  const operator = useOperator();
  const [, navigate] = useLocation();
  const nameOf = (target: Target) =>
    "branch_id" in target
      ? t("doneBranch", { name: branchName(data, target.branch_id) })
      : t("doneOperator", { name: personName(data, target.operator_id) });
  return useMutation({
    mutationFn: ({ target, note, anyway }: Order) =>
      transfer(conversation.id, target, note || null, anyway),
    onSuccess: (moved, { target }) => {
      notify(nameOf(target));
      onClose();
      if (maySee(moved, operator)) return;
      navigate("/conversations");
      forgetConversation(moved.id, moved.rev);
    },
  });
}

/** What the server asks about before it does it anyway. */
function useWarning(data: Team | undefined, target: Target | null): string {
  const t = useTeamText();
  const language = useLanguage((state) => state.language);
  const now = useNow();
  if (!target) return "";
  if ("operator_id" in target) {
    return t("warnOffline", { name: personName(data, target.operator_id) });
  }
  const branch = data?.branches.find(({ id }) => id === target.branch_id);
  const name = branch?.name ?? "";
  if (!branch?.changes_at) return t("warnClosed", { branch: name });
  const when = momentWords(t, language, branch.changes_at, now);
  return t("warnClosedUntil", { branch: name, when });
}

const branchName = (data: Team | undefined, id: string) =>
  data?.branches.find((each) => each.id === id)?.name ?? "";

const personName = (data: Team | undefined, id: string) =>
  data?.branches.flatMap(({ members }) => members).find((each) => each.id === id)?.name ?? "";
