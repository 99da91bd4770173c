/** The right side: the chosen conversation, its messages, the reply, the details. */

import type { Conversation } from "@shared/wire";
import { useConversations } from "../conversations/store";
import { useFreshHistory } from "../details/contact";
import { Details } from "../details/Details";
import { useDetails } from "../details/shown";
import { Looking } from "../files/Looking";
import { useText } from "../i18n/language";
import { Failure } from "../parts/Failure";
import { openThread } from "../threads/load";
import { type Thread, useThreads } from "../threads/store";
import { Announcer } from "./Announcer";
import { Composer } from "./Composer";
import { Gone } from "./Gone";
import { HandNote } from "./HandNote";
import { Header } from "./Header";
import { Messages } from "./Messages";
import { Nobody } from "./Nobody";
import css from "./ThreadPane.module.css";
import { ThreadSkeleton } from "./ThreadSkeleton";
import { useOpening } from "./useOpening";

interface Props {
  id: string | null;
  narrow: boolean;
}

export function ThreadPane({ id, narrow }: Props) {
  return id ? <Opened id={id} narrow={narrow} /> : <Nobody />;
}

function Opened({ id, narrow }: { id: string; narrow: boolean }) {
  const details = useDetails();
  const thread = useThreads((state) => state.byId[id]);
  const conversation = useConversations((state) => state.byId.get(id));
  const gone = thread?.state === "gone";
  useOpening(id);
  return (
    <div className={css.pane} data-details={(details.beside && !gone) || undefined}>
      <div className={css.thread} data-testid="thread" data-thread-id={id}>
        <Header
          conversation={conversation}
          narrow={narrow}
          detailed={details.shown}
          onDetails={() => details.show(!details.shown)}
        />
        {conversation && thread?.state === "ready" && (
          <HandNote conversation={conversation} history={thread.history} />
        )}
        {conversation && thread?.state === "ready" && (
          <FreshHistory key={id} conversation={conversation} />
        )}
        <Body id={id} thread={thread} />
        {conversation && thread?.state === "ready" && <Composer conversation={conversation} />}
      </div>
      {conversation && (
        <Details
          conversation={conversation}
          evidence={thread?.evidence ?? null}
          history={thread?.history ?? []}
          shown={details.shown}
          onHide={() => details.show(false)}
        />
      )}
      <Announcer id={id} />
      <Looking />
    </div>
  );
}

function FreshHistory({ conversation }: { conversation: Conversation }) {
  useFreshHistory(conversation);
  return null;
}

function Body({ id, thread }: { id: string; thread: Thread | undefined }) {
  const t = useText();
  const retry = () => void openThread(id).catch(() => null);
  if (thread?.state === "gone") return <Gone />;
  if (thread?.state === "failed") {
    return <Failure title={t("thread.failed")} error={thread.error} onRetry={retry} />;
  }
  if (thread?.state !== "ready") return <ThreadSkeleton />;
  return <Messages id={id} thread={thread} />;
}
